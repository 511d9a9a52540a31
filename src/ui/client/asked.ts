/** How scenes are asked for, where the page makes it up itself. */
import type { ParamValues } from '../../protocol/params.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import { FILE_ALGORITHM, FILE_SCENARIO } from './link-args.ts';

/** What a graph file is until it is said otherwise. */
export const fileScenario = (name: string): OpenArgs['scenario'] => ({
  format: 'stanzascope/scenario',
  version: 1,
  id: FILE_SCENARIO,
  title: name,
  summary: 'a graph file of yours',
  seed: '1',
  model: 'gossip',
  algorithm: FILE_ALGORITHM,
  algorithmParams: {},
  topology: { id: 'file', file: name },
});

export const asText = (params: ParamValues = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
