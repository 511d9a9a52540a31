/** What was done by hand, as a part of a link: `after;at;` and then an entity and its text, or the name of the act and what it takes. */
import type { SavedBranch } from '../../protocol/branches.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import { wellFormed } from '../shared/text.ts';

const enc = (text: string): string => encodeURIComponent(wellFormed(text));

export function handText(intervention: Intervention): string {
  const { after, at } = intervention;
  return [after, at ?? '', ...wordsOf(intervention)].join(';');
}
function wordsOf(intervention: Intervention): readonly (string | number)[] {
  if ('target' in intervention) {
    const { do: act, target } = intervention;
    const more = act.type === 'delay' ? [act.by] : act.type === 'edit' ? [enc(act.xml)] : [];
    return [act.type, `${target.event}.${target.nth}`, ...more];
  }
  const act = intervention.do;
  switch (act.type) {
    case 'inject':
      return [act.entity, enc(act.text)];
    case 'slow':
      return [act.type, act.entity, act.factor];
    case 'cut':
    case 'mend':
      return [act.type, act.between.join('.')];
    case 'slow-link':
      return [act.type, act.between.join('.'), act.factor];
    case 'lossy':
      return [act.type, act.between.join('.'), act.share];
    case 'partition':
      return [act.type, act.side.join('.')];
    case 'heal':
      return [act.type];
    default:
      return [act.type, act.entity];
  }
}

/** Null for what is no such thing. */
export function readHand(item: string): Intervention | null {
  const [first, second, third = '', ...rest] = item.split(';');
  const [after, at] = [whole(first), second === '' ? undefined : whole(second)];
  if (after === null || at === null) return null;
  const placed = { after, ...(at !== undefined && { at }) };
  const entity = whole(third);
  if (entity !== null) {
    const text = rest[0];
    return text === undefined || at === undefined ? null : { ...placed, do: { type: 'inject', entity, text: decodeURIComponent(text) } };
  }
  return readAct(placed, third, rest);
}

function readAct(placed: { readonly after: number; readonly at?: number }, type: string, rest: readonly string[]): Intervention | null {
  const [one = '', two = ''] = rest;
  const list = one === '' ? [] : one.split('.').map(whole);
  const numbers = list.filter((number) => number !== null);
  if (numbers.length < list.length) return null;
  const [a, b] = numbers;
  const value = /^\d+(\.\d+)?(e-?\d+)?$/.test(two) ? Number(two) : null;
  switch (type) {
    case 'heal':
      return { ...placed, do: { type } };
    case 'partition':
      return { ...placed, do: { type, side: numbers } };
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
      return a === undefined ? null : { ...placed, do: { type, entity: a } };
    case 'slow':
      return a === undefined || value === null ? null : { ...placed, do: { type, entity: a, factor: value } };
    default:
  }
  if (a === undefined || b === undefined) return null;
  const target = { event: a, nth: b };
  switch (type) {
    case 'cut':
    case 'mend':
      return { ...placed, do: { type, between: [a, b] } };
    case 'slow-link':
      return value === null ? null : { ...placed, do: { type, between: [a, b], factor: value } };
    case 'lossy':
      return value === null ? null : { ...placed, do: { type, between: [a, b], share: value } };
    case 'drop':
    case 'duplicate':
    case 'reorder':
      return { ...placed, target, do: { type } };
    case 'delay':
      return value === null ? null : { ...placed, target, do: { type, by: value } };
    case 'edit':
      return two === '' ? null : { ...placed, target, do: { type, xml: decodeURIComponent(two) } };
    default:
      return null;
  }
}

/** Name, parent and what was done, one branch behind the other; no encoded text has a `$`. */
export const branchesText = (branches: readonly SavedBranch[]): string =>
  branches.map(({ name, parent, interventions }) => [enc(name), parent, interventions.map(handText).join('|')].join('$')).join('$');
/** Null for what is no such thing. */
export function readBranches(text: string): readonly SavedBranch[] | null {
  const parts = text.split('$');
  if (parts.length % 3 !== 0) return null;
  const branches: SavedBranch[] = [];
  for (let i = 0; i < parts.length; i += 3) {
    const parent = whole(parts[i + 1]);
    const done = parts[i + 2]!.split('|').filter(Boolean).map(readHand);
    const interventions = done.filter((item) => item !== null);
    if (parent === null || parent > i / 3 || interventions.length < done.length) return null;
    branches.push({ name: decodeURIComponent(parts[i]!), parent, interventions });
  }
  return branches;
}

const whole = (text: string | undefined): number | null => (text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null);
