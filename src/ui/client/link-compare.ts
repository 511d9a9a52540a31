/** One of the runs that are compared, as a part of a link: its algorithm, its parameters and what was done in it by hand. */
import type { OpenArgs } from '../../protocol/protocol.ts';
import { branchesText, readBranches } from './link-hand.ts';
import { paramsText, readParams, safe, type TextParams } from './link-params.ts';

export interface LinkConfiguration extends Pick<OpenArgs, 'algorithm' | 'interventions' | 'branches' | 'active'> {
  readonly params: TextParams;
}

/** A dot for null: the one that the link itself is about. */
export function configurationText(item: LinkConfiguration | null): string {
  if (!item) return '.';
  const { algorithm = '', params, interventions = [], branches = [] } = item;
  // The run as it was opened has no name; behind it stands the branch that is on show.
  const runs = [...(interventions.length > 0 ? [{ name: '', parent: 0, interventions }] : []), ...branches];
  return [safe(algorithm), paramsText(params), ...(runs.length > 0 ? [encodeURIComponent(branchesText(runs))] : [])].join(';');
}

/** Undefined for what is no such thing. */
export function readConfiguration(text: string): LinkConfiguration | null | undefined {
  if (text === '.') return null;
  const [algorithm = '', params = '', hand] = text.split(';');
  const runs = hand === undefined ? [] : readBranches(decodeURIComponent(hand));
  if (!runs) return undefined;
  const main = runs.find(({ name }) => name === '');
  const branches = runs.filter(({ name }) => name !== '');
  return {
    algorithm: algorithm === '' ? undefined : decodeURIComponent(algorithm),
    params: readParams(params),
    ...(main && { interventions: main.interventions }),
    ...(branches.length > 0 && { branches, active: 1 }),
  };
}
