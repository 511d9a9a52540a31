/** What a gossip scene is made of: algorithm, topology, conditions, membership; each with its parameters. */
import type { Param, ParamSchema } from '../../protocol/params.ts';
import { useController } from '../client/context.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { labelOf, matters, summaryOf } from '../shared/summary.ts';
import { ExportGraph } from './ExportGraph.tsx';
import { Group } from './Group.tsx';
import { Parameters, useEdits } from './Parameters.tsx';

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly title: string; readonly summary: string }[];
  readonly choose: (id: string) => void;
}

function Choice({ label, value, options, choose }: ChoiceProps) {
  return (
    <div className="choice">
      <select className="field" aria-label={label} value={value} onChange={({ target }) => choose(target.value)}>
        {options.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <p>{options.find(({ id }) => id === value)?.summary}</p>
    </div>
  );
}

const FILE = 'file';

export function GossipPanel({ scene, algorithm }: { readonly scene: OpenScene; readonly algorithm: string }) {
  const controller = useController();
  const catalogue = useView((s) => s.catalogue);
  const asked = useView((s) => s.asked);
  const file = useView((s) => s.file);
  const edits = useEdits(scene);
  const inGroup = (group: Param['group'], shown: (name: string) => boolean = () => true): ParamSchema =>
    Object.fromEntries(Object.entries(scene.params).filter(([name, param]) => param.group === group && shown(name)));
  const entry = catalogue?.algorithms.find(({ id }) => id === algorithm);
  // That of an exercise is in no catalogue: it is there while the scene has it, and comes back with the scene.
  const ownTitle = 'The scene’s own algorithm';
  const algorithms = [
    ...(entry ? [] : [{ id: algorithm, title: ownTitle, summary: `${algorithm}: made for this scene` }]),
    ...(catalogue?.algorithms ?? []),
  ];
  const values = { ...scene.values, ...edits.edited };
  const weather = inGroup('conditions');
  const conditions = inGroup(
    'conditions',
    (name) => matters(name, scene.params, values) && (name !== 'updates' || entry?.many === true || values[name] !== 1),
  );
  const bad = summaryOf(weather, scene.values);
  const membership = inGroup('membership');
  // A scenario that lists no parameters of a topology has a graph of its own.
  const own = catalogue?.scenarios.find(({ id }) => id === scene.scenario);
  const drawn = file !== null || (own !== undefined && !Object.values(own.params).some(({ group }) => group === 'topology'));
  const topology = scene.topology ?? FILE;
  const topologies = [
    ...(drawn ? [{ id: FILE, title: file ?? 'The scene’s own graph', summary: 'a graph file' }] : []),
    ...(catalogue?.topologies ?? []).filter(({ id }) => id !== FILE),
  ];
  const form = (params: ParamSchema) => <Parameters params={params} scene={scene} asked={asked?.params} edits={edits} label={labelOf} />;
  return (
    <>
      <Group title="Algorithm" summary={entry?.title ?? ownTitle} open>
        <Choice label="algorithm" value={algorithm} options={algorithms} choose={(id) => void controller.setAlgorithm(id)} />
        {form(inGroup('algorithm'))}
      </Group>
      <Group title="Topology" summary={topologies.find(({ id }) => id === topology)?.title} open>
        <Choice
          label="topology"
          value={topology}
          options={topologies}
          choose={(id) => void controller.setTopology(id === FILE ? undefined : id)}
        />
        {form(inGroup('topology'))}
        <ExportGraph />
      </Group>
      <Group title="Conditions" summary={bad === '' ? 'fair weather' : bad} open={bad !== ''}>
        {form(conditions)}
      </Group>
      {Object.keys(membership).length > 0 && (
        <Group title="Membership" summary={String(scene.values['membership'])} open>
          {form(membership)}
        </Group>
      )}
    </>
  );
}
