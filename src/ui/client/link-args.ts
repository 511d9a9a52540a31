/** How a link wants its scene opened, held against the catalogue: what it asks for may not exist here. */
import type { Problem } from '../../base/result.ts';
import type { Catalogue, CatalogueEntry } from '../../protocol/catalogue.ts';
import type { ParamSchema, ParamValue } from '../../protocol/params.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import { noLink, type LinkState } from './link.ts';
import { gossipSchema, valueFor } from './schema.ts';

/** Stands for a scene from a file of the person's own; the file's name goes beside it. */
export const FILE_SCENARIO = 'opened-file';
/** What an opened file runs until another algorithm is chosen: the experiment that such files were written for. */
export const FILE_ALGORITHM = 'uniform';

/** @returns what opens it, but for a file's own scenario: that is the caller's to add. */
export function argsOfLink(
  link: LinkState,
  catalogue: Catalogue,
): { readonly ok: true; readonly args: OpenArgs } | { readonly ok: false; readonly problem: Problem } {
  const { scenario, algorithm, topology, seed, experiment, interventions, branches, active } = link;
  const scene = catalogue.scenarios.find(({ id }) => id === scenario);
  if (!scene && link.file === undefined) return noLink(`This link asks for the scenario “${scenario}”, which does not exist here.`);
  const chosen = catalogue.algorithms.find(({ id }) => id === (algorithm ?? (scene ? undefined : FILE_ALGORITHM)));
  if (algorithm !== undefined && !chosen) return noLink(`This link asks for the algorithm “${algorithm}”, which does not exist here.`);
  const graph = catalogue.topologies.find(({ id }) => id === topology);
  const isFile = topology !== undefined && /^graphs\/[\w.-]+$/.test(topology);
  if (topology !== undefined && !graph && !isFile)
    return noLink(`This link asks for the topology “${topology}”, which does not exist here.`);
  const schema = schemaOf(link, catalogue, scene, chosen, graph);
  const title = chosen?.title ?? scene?.title ?? scenario;
  const params: Record<string, ParamValue> = {};
  for (const [name, text] of Object.entries(link.params)) {
    const param = schema[name];
    if (!param) return noLink(`This link sets “${name}”, which “${title}” does not have.`);
    const value = valueFor(param, text);
    if (value === null) return noLink(`This link sets “${name}” to “${text}”, which “${title}” does not allow.`);
    params[name] = value;
  }
  return {
    ok: true,
    args: {
      scenario,
      algorithm,
      topology,
      seed,
      params,
      ...(experiment && { experiment }),
      ...(interventions && { interventions }),
      ...(branches && { branches, active }),
    },
  };
}

/** The scene's own parameters, those of what is chosen instead, and those of the membership protocol that the link names. */
function schemaOf(
  link: LinkState,
  catalogue: Catalogue,
  scene: CatalogueEntry | undefined,
  algorithm: CatalogueEntry | undefined,
  topology: CatalogueEntry | undefined,
): ParamSchema {
  const own = Object.entries(scene?.params ?? {}).filter(
    ([, { group }]) => !(algorithm && (group ?? 'algorithm') === 'algorithm') && !(topology && group === 'topology'),
  );
  const rest = gossipSchema(catalogue, algorithm?.id ?? '', topology?.id, link.params['membership'] ?? '');
  return { ...rest, ...Object.fromEntries(own) };
}
