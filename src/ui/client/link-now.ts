/** The link to what is on show now. */
import type { OpenArgs } from '../../protocol/protocol.ts';
import { useDiagram } from '../state/diagram.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { asText } from './asked.ts';
import type { Asking } from './asking.ts';
import type { Comparison } from './compare.ts';
import { FILE_SCENARIO } from './link-args.ts';
import { encodeLink } from './link.ts';

interface Shown {
  readonly opened: OpenArgs | null;
  readonly asking: Asking;
  readonly comparison: Comparison;
}

/** A fragment without `#`; empty while nothing is open. */
export function linkNow({ opened, asking, comparison }: Shown): string {
  const view = useView.getState;
  const { scene, file, selection, ways } = view();
  if (!scene || !opened) return '';
  const { t } = live.get();
  return encodeLink({
    scenario: file === null ? scene.scenario : FILE_SCENARIO,
    file: file ?? undefined,
    algorithm: opened.algorithm,
    topology: opened.topology,
    experiment: opened.experiment,
    interventions: opened.interventions,
    branches: opened.branches,
    active: opened.active,
    seed: scene.seed,
    params: asText(opened.params),
    at: cursorOf(live.get()),
    time: t,
    select: selection,
    follow: view().following ?? undefined,
    dock: view().dock,
    diagram: view().dock === 'spacetime' ? useDiagram.getState() : undefined,
    ways: ways === null ? undefined : { seed: ways.seed, params: asText(ways.params) ?? {} },
    ...asking.linked(),
    compare: comparison.list()?.map((item) => item && { ...item, params: asText(item.params) ?? {} }),
  });
}
