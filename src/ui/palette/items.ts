/** What the palette can find: commands, scenes, algorithms, entities, and a moment that is typed. */
import type { Target } from '../../protocol/parts.ts';
import type { Controller } from '../client/contract.ts';
import { runCommand } from '../client/commands.ts';
import { saveJournal } from '../client/save-journal.ts';
import { share } from '../client/share.ts';
import { formatTime, readTime } from '../shared/format.ts';
import { capsOf, SHORTCUTS, type ShortcutId } from '../shared/shortcuts.ts';
import { live } from '../state/frame.ts';
import { doneByHand, useBranches } from '../state/branches.ts';
import { useView, type OpenScene } from '../state/store.ts';

export interface Item {
  readonly key: string;
  readonly group: 'Go to' | 'Commands' | 'Scenes' | 'Algorithms' | 'Topologies' | 'Entities';
  readonly title: string;
  /** Muted behind the title. */
  readonly detail?: string | undefined;
  readonly caps?: readonly string[] | undefined;
  /** Why it cannot be done now. */
  readonly why?: string | undefined;
  readonly run: (controller: Controller) => unknown;
}

/** As many of each group as can be looked through. */
const MOST = { 'Go to': 2, Commands: 60, Scenes: 60, Algorithms: 40, Topologies: 40, Entities: 12 } as const;

/** Every word of what was typed begins a word of the text, or stands in it. Less is better; -1: no. */
function matchOf(query: string, text: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const where = text.toLowerCase();
  let cost = 0;
  for (const word of words) {
    const at = where.indexOf(word);
    if (at < 0) return -1;
    const begins = at === 0 || !/[\p{L}\p{N}]/u.test(where[at - 1]!);
    cost += begins ? at : at + 100;
  }
  return cost;
}

const best = (items: readonly Item[], query: string): readonly Item[] =>
  items
    .map((item, at) => ({ item, at, cost: matchOf(query, `${item.title} ${item.detail ?? ''}`) }))
    .filter(({ cost }) => cost >= 0)
    .sort((x, y) => x.cost - y.cost || x.at - y.at)
    .map(({ item }) => item);

/** In the order in which they are shown. */
export function itemsFor(query: string): readonly Item[] {
  const { scene, catalogue } = useView.getState();
  const all: readonly (readonly Item[])[] = [
    momentsOf(query, scene),
    best(commands(), query),
    best(catalogue?.scenarios.map(sceneItem) ?? [], query),
    query.trim() === '' || scene?.algorithm === undefined ? [] : best(algorithms(), query),
    query.trim() === '' || scene?.algorithm === undefined ? [] : best(topologies(), query),
    query.trim() === '' || !scene ? [] : entitiesOf(query, scene),
  ];
  return all.flatMap((items) => items.slice(0, items[0] ? MOST[items[0].group] : 0));
}

function commands(): Item[] {
  const view = useView.getState();
  const keyed = SHORTCUTS.filter(({ id }) => id !== 'palette').map((shortcut): Item => {
    const { id, title } = shortcut;
    return { key: id, group: 'Commands', title, caps: capsOf(shortcut), why: whyNot(id), run: (controller) => runCommand(id, controller) };
  });
  const without: readonly Omit<Item, 'group'>[] = [
    {
      key: 'share',
      title: 'Share: copy the link to this moment',
      why: needsScene(view.scene),
      run: (controller) => share(controller.link()),
    },
    { key: 'journal', title: 'Save the journal: every event and stanza of this run', why: needsScene(view.scene), run: saveJournal },
    { key: 'theme', title: view.theme === 'dark' ? 'Light colours' : 'Dark colours', run: view.themeToggled },
    { key: 'axis', title: `Scrubber along the ${view.axis === 'time' ? 'events' : 'time'}`, run: view.axisToggled },
    {
      key: 'language',
      title: 'How filters and breakpoints are written',
      run: () => view.guideOpened('filters'),
    },
    { key: 'left', title: 'Show or hide the left panel', run: () => view.panelToggled('left') },
    { key: 'dock', title: 'Show or hide the dock', run: () => view.panelToggled('dock') },
    {
      key: 'seed',
      title: 'New seed: the same scene, other chance',
      why: needsScene(view.scene),
      run: (controller) => controller.setSeed(String(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0)),
    },
    {
      key: 'speed',
      title: 'The scene’s own speed',
      why: needsScene(view.scene),
      run: (controller) => view.scene && controller.setSpeed(view.scene.speed),
    },
  ];
  return [...keyed, ...without.map((item) => ({ ...item, group: 'Commands' as const }))];
}

const needsScene = (scene: OpenScene | null): string | undefined => (scene ? undefined : 'no scene is open yet');

/** Why a command would do nothing now. */
function whyNot(id: ShortcutId): string | undefined {
  const { scene, selection, following, asked } = useView.getState();
  if (id === 'sheet' || id === 'guide' || id === 'clear' || id.startsWith('dock-') || id === 'inspector') return undefined;
  if (!scene) return needsScene(scene);
  if ((id === 'same-forward' || id === 'same-back') && selection === null) return 'nothing is selected';
  const canFollow = selection?.type === 'message' || selection?.type === 'event';
  if (id === 'follow' && !canFollow && !following) return 'no stanza is selected';
  if ((id === 'hop-forward' || id === 'hop-back') && !canFollow && !following) return 'no stanza is selected or followed';
  if (id === 'undo' && doneByHand(asked).length === 0) return 'nothing was done by hand';
  if (id === 'redo' && useBranches.getState().told?.redo === undefined) return 'nothing was undone';
  if (id === 'menu' && selection === null) return 'nothing is selected';
  if (id === 'console' && !scene.capabilities.intervene) return 'nobody here has a console';
  if (id === 'act' && !scene.capabilities.intervene) return 'only clients of an XMPP scene act by hand';
  return undefined;
}

const sceneItem = ({ id, title, summary }: { readonly id: string; readonly title: string; readonly summary: string }): Item => ({
  key: `scene ${id}`,
  group: 'Scenes',
  title,
  detail: summary,
  run: (controller) => controller.open({ scenario: id }),
});

const algorithms = (): Item[] =>
  (useView.getState().catalogue?.algorithms ?? []).map(({ id, title, summary }) => ({
    key: `algorithm ${id}`,
    group: 'Algorithms',
    title,
    detail: summary,
    run: (controller) => controller.setAlgorithm(id),
  }));

const topologies = (): Item[] =>
  (useView.getState().catalogue?.topologies ?? []).map(({ id, title, summary }) => ({
    key: `topology ${id}`,
    group: 'Topologies',
    title,
    detail: summary,
    run: (controller) => controller.setTopology(id),
  }));

/** The first that match, as there may be a million. */
function entitiesOf(query: string, { entities }: OpenScene): Item[] {
  const wanted = query.trim().toLowerCase();
  const found: Item[] = [];
  for (let index = 0; index < entities.name.length && found.length < MOST.Entities; index++) {
    const jid = entities.jid[index] ?? '';
    const title = `${entities.name[index]!}${entities.detail[index] ?? ''}`;
    if (!jid.toLowerCase().includes(wanted) && !title.toLowerCase().includes(wanted)) continue;
    const target: Target = { type: 'entity', index };
    found.push({
      key: `entity ${index}`,
      group: 'Entities',
      title,
      detail: jid === title ? undefined : jid,
      run: (controller) => controller.select(target),
    });
  }
  return found;
}

/** A number is an event or a time, and the person says which. */
function momentsOf(query: string, scene: OpenScene | null): Item[] {
  const text = query.trim();
  const { progress } = live.get();
  if (!scene || !progress || text === '') return [];
  const items: Item[] = [];
  const event = /^#?(\d+)$/.exec(text)?.[1];
  if (event !== undefined && Number(event) <= progress.events)
    items.push({
      key: 'event',
      group: 'Go to',
      title: `Event ${Number(event).toLocaleString('en')}`,
      run: (controller) => controller.seekOrdinal(Number(event)),
    });
  const time = readTime(text, scene.unit.ticks, progress.tick);
  if ('tick' in time)
    items.push({
      key: 'time',
      group: 'Go to',
      title: `Time ${formatTime(scene.unit, time.tick)}`,
      run: (controller) => controller.seekTick(time.tick),
    });
  return items;
}
