/** Interventions on a world: whether they can be meant, what they are in words, and what is out of order at a moment because of them. */
import { InputError } from '../../base/result.ts';
import type { Act, Disturbed, Intervention } from '../../protocol/intervention.ts';
import { EntityKind } from '../../protocol/scene.ts';
import { Disturbances } from '../kernel/disturbances.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

const MOST_TICKS = 1e12;
const MOST_FACTOR = 1000;

/** @throws InputError that names what cannot be. */
export function checkInterventions(world: World, interventions: readonly Intervention[]): readonly Intervention[] {
  for (const intervention of interventions) {
    const { after, at = 0 } = intervention;
    if (![after, at].every(isCount))
      throw new InputError(`What is done by hand follows an event at a tick, and ${after} at ${at} is none.`);
    if ('target' in intervention && ![intervention.target.event, intervention.target.nth].every(isCount))
      throw new InputError('What is done by hand to a message names the event that sent it, and which of its messages it is.');
    checkAct(world, intervention.do);
  }
  return interventions;
}

/** @throws InputError */
export function checkAct(world: World, act: Act): void {
  const { kind, jid } = world.stage.entities;
  const machine = world.stage.tcp?.machine;
  const there = (entity: number): void => {
    if (!(Number.isInteger(entity) && entity >= 0 && entity < kind.length))
      throw new InputError(`There is no entity ${entity} in this scene.`);
  };
  const isXmpp = world.wayOf !== undefined || world.scenario.model === 'xmpp';
  switch (act.type) {
    case 'inject':
      if (isXmpp && kind[act.entity] !== EntityKind.client)
        throw new InputError({
          message: `${world.scenario.id}: only a client can be made to send something by hand, and ${jid[act.entity] ?? `entity ${act.entity}`} is none.`,
          hint: 'Choose a client.',
        });
      there(act.entity);
      return;
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
      there(act.entity);
      return;
    case 'slow':
      there(act.entity);
      checkFactor(act.factor);
      return;
    case 'cut':
    case 'mend':
    case 'slow-link':
    case 'lossy':
      act.between.forEach(there);
      if (act.between[0] === act.between[1]) throw new InputError('A link is between two different entities.');
      if (machine && machine[act.between[0]] === machine[act.between[1]])
        throw new InputError({
          message: `${act.between.map((end) => jid[end]).join(' and ')} are one process: there is no network between them.`,
          hint: 'Choose a link between two machines.',
        });
      if (act.type === 'slow-link') checkFactor(act.factor);
      if (act.type === 'lossy' && !(act.share >= 0 && act.share <= 1))
        throw new InputError(`The share of messages that are lost must be from 0 to 1, got ${act.share}`);
      return;
    case 'partition':
      act.side.forEach(there);
      if (act.side.length === 0 || machinesOf(act.side, machine) >= machinesOf([...kind.keys()], machine))
        throw new InputError({
          message: 'A partition has two sides, and one of these is empty.',
          hint: 'Choose some of the entities, not all.',
        });
      return;
    case 'delay':
      if (!(Number.isSafeInteger(act.by) && act.by > 0 && act.by <= MOST_TICKS))
        throw new InputError(`A delay is a whole number of ticks, 1 or more, got ${act.by}`);
      return;
    case 'drop':
    case 'duplicate':
    case 'reorder':
    case 'edit':
    case 'heal':
      return;
    default:
      throw new InputError(`There is no intervention ${JSON.stringify((act as { type?: unknown }).type)}.`);
  }
}

/** How many there are; without machines each is one of its own. */
const machinesOf = (entities: readonly number[], machine: readonly number[] | undefined): number =>
  new Set(entities.map((entity) => machine?.[entity] ?? entity)).size;

const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
function checkFactor(factor: number): void {
  if (!(factor > 0 && factor <= MOST_FACTOR))
    throw new InputError(`A factor must be greater than 0 and at most ${MOST_FACTOR}, got ${factor}`);
}

/** In one line, as lists of what was done by hand have it. */
export function describeAct(world: World, act: Act): string {
  const { name } = world.stage.entities;
  const named = (entity: number): string => name[entity] ?? `entity ${entity}`;
  const ends = ([a, b]: readonly [number, number]): string => `${named(a)} ↔ ${named(b)}`;
  switch (act.type) {
    case 'drop':
      return 'drop';
    case 'delay':
      return `delay by ${duration(world, act.by)}`;
    case 'duplicate':
      return 'duplicate';
    case 'reorder':
      return 'put behind the next';
    case 'edit':
      return 'edit';
    case 'inject':
      return `${named(act.entity)} sends ${shortened(act.text)}`;
    case 'crash':
      return `crash ${named(act.entity)}`;
    case 'restart':
      return `restart ${named(act.entity)}`;
    case 'pause':
      return `pause ${named(act.entity)}`;
    case 'resume':
      return `resume ${named(act.entity)}`;
    case 'slow':
      return act.factor === 1 ? `${named(act.entity)} at its usual speed` : `slow ${named(act.entity)} × ${act.factor}`;
    case 'cut':
      return `cut ${ends(act.between)}`;
    case 'mend':
      return `mend ${ends(act.between)}`;
    case 'slow-link':
      return act.factor === 1 ? `${ends(act.between)} at its usual speed` : `slow ${ends(act.between)} × ${act.factor}`;
    case 'lossy':
      return act.share === 0
        ? `${ends(act.between)} loses nothing more`
        : `${ends(act.between)} loses ${Number((100 * act.share).toFixed(3))} %`;
    case 'partition': {
      const side = act.side.slice(0, 3).map(named).join(', ');
      return `part ${side}${act.side.length > 3 ? ` and ${act.side.length - 3} more` : ''} from the others`;
    }
    case 'heal':
      return 'heal the partition';
  }
}

function duration({ unit }: World, ticks: number): string {
  if (unit.label === 'ticks') return `${ticks.toLocaleString('en')} ticks`;
  const seconds = ticks / unit.ticks;
  return seconds < 1 ? `${Number((seconds * 1000).toFixed(3))} ms` : `${Number(seconds.toFixed(3))} s`;
}
function shortened(typed: string): string {
  const text = typed.replaceAll(/\s+/g, ' ').trim();
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** What is out of order after the event; undefined where nothing is. */
export function disturbedAt(run: Run, ordinal: number): Disturbed | undefined {
  const done = run.journal.touched.done.filter((d) => d.found && d.ordinal <= ordinal);
  if (done.length === 0) return undefined;
  const state = new Disturbances(run.world.stage.entities.name.length, '', undefined, run.world.stage.tcp);
  for (const { index } of done) {
    const act = run.interventions[index]?.do;
    if (act?.type === 'cut' || act?.type === 'mend') state.cut(act.between, act.type === 'cut');
    else if (act?.type === 'slow-link') state.slowLink(act.between, act.factor);
    else if (act?.type === 'lossy') state.makeLossy(act.between, act.share);
    else if (act?.type === 'slow') for (const entity of state.withServices(act.entity)) state.slowEntity(entity, act.factor);
    else if (act?.type === 'pause') for (const entity of state.withServices(act.entity)) state.paused.add(entity);
    else if (act?.type === 'resume') for (const entity of state.withServices(act.entity)) state.paused.delete(entity);
    else if (act?.type === 'partition') state.part(act.side);
    else if (act?.type === 'heal') state.part([]);
  }
  const now = { ...state.now, cuts: cutLinks(run, state) };
  return Object.values(now).some((list) => list.length > 0) ? now : undefined;
}

/** Every pair whose link is cut by itself, services with their servers. Pairs without a link stand as they were named. */
function cutLinks({ world: { stage } }: Run, state: Disturbances): readonly (readonly [number, number])[] {
  const { cuts } = state.now;
  const { from, to } = stage.links;
  if (!stage.tcp || cuts.length === 0) return cuts;
  const machine = stage.tcp.machine;
  const isOne = (a: number, b: number): boolean =>
    cuts.some(([x, y]) => (machine[a] === x && machine[b] === y) || (machine[a] === y && machine[b] === x));
  const found = new Map<string, readonly [number, number]>();
  for (let link = 0; link < from.length; link++) {
    const [a, b] = [Math.min(from[link]!, to[link]!), Math.max(from[link]!, to[link]!)];
    if (isOne(a, b)) found.set(`${a} ${b}`, [a, b]);
  }
  return found.size > 0 ? [...found.values()] : cuts;
}
