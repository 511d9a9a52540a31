/** What a person can do to a stanza, an entity or a link at a moment, for menus: with the reason where it cannot be done. */
import { serialize } from '../../base/xml/codec.ts';
import { InputError } from '../../base/result.ts';
import type { Choice } from '../../protocol/branches.ts';
import type { MessageAct, WorldAct } from '../../protocol/intervention.ts';
import type { Target } from '../../protocol/parts.ts';
import { EntityKind } from '../../protocol/scene.ts';
import { What } from '../kernel/journal.ts';
import { disturbedAt } from './interventions.ts';
import type { Run } from './run.ts';
import { messageView } from './views.ts';

type Asks = NonNullable<Choice['asks']>;

/** @throws InputError for what is not there. */
export function choicesFor(run: Run, target: Target, ordinal: number): readonly Choice[] {
  switch (target.type) {
    case 'message':
      return messageChoices(run, target.id, ordinal);
    case 'entity':
      return entityChoices(run, target.index, ordinal);
    case 'link': {
      const { from, to } = run.world.stage.links;
      if (from[target.index] === undefined) throw new InputError(`There is no link ${target.index} in this scene.`);
      return linkChoices(run, [from[target.index]!, to[target.index]!], ordinal);
    }
    case 'event': {
      const { what, subject } = run.journal.events;
      const row = target.ordinal - 1;
      const isMessage = what.get(row) === What.arrival || (what.get(row) === What.nothing && subject.get(row) >= 0);
      return isMessage ? messageChoices(run, subject.get(row), ordinal) : [];
    }
  }
}

function messageChoices(run: Run, id: number, ordinal: number): readonly Choice[] {
  const { journal, world } = run;
  if (!(Number.isInteger(id) && id >= 0 && id < journal.messageCount)) throw new InputError(`There is no stanza ${id} in this run.`);
  const arrival = journal.arrivalOf(id);
  const isSent = id < journal.sentBy(Math.min(ordinal, journal.eventCount))[1];
  const isOver = (arrival > 0 && arrival <= ordinal) || takenBy(run, id, ordinal);
  const disabled = !isSent
    ? 'It is not sent yet: go on to when it is.'
    : isOver
      ? 'It is not on its way any more: go back to before it arrives.'
      : undefined;
  const ticks = Math.max(1, Math.round(journal.dueOf(id) - journal.sentOf(id)));
  const view = messageView(run, id);
  const stanza = world.stage.stanzaOf(view);
  const choice = (act: MessageAct, label: string, help: string, asks?: Asks, why = disabled): Choice => ({
    id: act.type,
    label,
    help,
    ...(why !== undefined && { disabled: why }),
    ...(asks && { asks }),
    act,
  });
  /** These are done to single stanzas, below which there is a connection that knows better. */
  const onTcp = (words: string): string => (world.stage.tcp ? words : '');
  const xml = serialize(stanza, world.stage.streamNs(view.link));
  return [
    choice({ type: 'drop' }, 'Drop', `Takes it off its link. Nobody is told.${onTcp(' TCP itself would send it again.')}`),
    choice(
      { type: 'delay', by: ticks },
      'Delay…',
      `It comes later; others may overtake it${onTcp(', which on one TCP connection they cannot')}.`,
      {
        what: 'ticks',
        label: world.unit.label === 's' ? 'Microseconds later' : 'Ticks later',
        value: ticks,
        min: 1,
      },
    ),
    choice({ type: 'duplicate' }, 'Duplicate', `It comes twice, the copy right behind it${onTcp(', as where a client sends again')}.`),
    choice(
      { type: 'reorder' },
      'Put behind the next',
      `It comes right behind the next one on its link, or for the same receiver${onTcp('; TCP keeps the order')}.`,
    ),
    choice(
      { type: 'edit', xml },
      'Edit XML…',
      'Another stanza in its place.',
      { what: 'xml', label: 'Stanza', value: xml },
      disabled ?? cannotEdit(run, id, xml),
    ),
  ];
}
function takenBy({ journal }: Run, id: number, ordinal: number): boolean {
  const { events } = journal;
  return journal.touched.done.some(
    (done) =>
      done.ordinal <= ordinal && events.what.get(done.ordinal - 1) === What.intervention && events.subject.get(done.ordinal - 1) === id,
  );
}
function cannotEdit(run: Run, id: number, xml: string): string | undefined {
  try {
    run.world.stage.edited?.(messageView(run, id), xml);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.problem.message;
    throw error;
  }
}

const FACTOR: Asks = { what: 'factor', label: 'Times as long', value: 4, min: 0.001, max: 1000 };

function entityChoices(run: Run, entity: number, ordinal: number): readonly Choice[] {
  const { stage } = run.world;
  if (stage.entities.name[entity] === undefined) throw new InputError(`There is no entity ${entity} in this scene.`);
  const disturbed = disturbedAt(run, ordinal);
  const isPaused = disturbed?.paused.includes(entity) === true;
  const isSlow = disturbed?.slow.some((s) => s.entity === entity) === true;
  const choices: Choice[] = [];
  const add = (act: WorldAct, label: string, help: string, asks?: Asks, disabled?: string): void =>
    void choices.push({ id: act.type, label, help, ...(asks && { asks }), ...(disabled !== undefined && { disabled }), act });
  const isDown = run.at(Math.min(ordinal, run.journal.eventCount)).isDown(entity);
  const isServer = stage.entities.kind[entity] === EntityKind.server;
  const withThem = isServer && stage.entities.parent.includes(entity) ? ' Its services go with it.' : '';
  const back = isServer ? ' Its clients come back by themselves.' : '';
  add(
    { type: 'crash', entity },
    'Crash',
    `Without a word: what it has only in memory is gone.${withThem}`,
    undefined,
    isDown ? 'It is down already.' : undefined,
  );
  const running = isDown ? undefined : 'It is up: this is for after a crash.';
  add({ type: 'restart', entity }, 'Restart', `It comes up again with what it had stored.${back}`, undefined, running);
  if (isPaused) add({ type: 'resume', entity }, 'Go on', 'What has waited is taken in now.');
  else add({ type: 'pause', entity }, 'Pause', 'What comes to it, and its timers, wait.');
  if (isSlow) add({ type: 'slow', entity, factor: 1 }, 'Usual speed', 'As fast as before.');
  add({ type: 'slow', entity, factor: 4 }, 'Slow…', 'What it sends and sets itself to do takes longer.', FACTOR);
  const others = stage.tcp?.machine.filter((machine, other) => machine === stage.tcp?.machine[entity] && other !== entity).length ?? 0;
  const along = others > 0 ? ' A server and its services are one process, and stay together.' : '';
  add({ type: 'partition', side: [entity] }, 'Cut off', `Nothing gets from it to any other, nor back.${along}`);
  if ((disturbed?.side.length ?? 0) > 0) add({ type: 'heal' }, 'Heal the partition', 'All reach each other again.');
  return choices;
}

/** Of a link that carries single messages, and of one that carries TCP connections (`core/kernel/tcp.ts`). */
const WORDS = {
  datagrams: {
    cut: 'Both ways: what is on it, and what is sent on it, is lost.',
    mend: 'It carries again what is sent from now on.',
    lossy: 'Each message is lost with this probability.',
  },
  tcp: {
    cut: 'Both ways. TCP keeps what is sent and tries again; after 100 s it gives up, and the streams break: clients come back by themselves, servers answer by errors.',
    mend: 'What has waited comes at TCP’s next attempt.',
    lossy: 'Each transmission is lost with this probability. TCP sends it again, a second later at first, so that it comes late.',
  },
} as const;

function linkChoices(run: Run, ends: readonly [number, number], ordinal: number): readonly Choice[] {
  const { stage } = run.world;
  const { tcp } = stage;
  const words = tcp ? WORDS.tcp : WORDS.datagrams;
  const between = [tcp?.machine[ends[0]] ?? ends[0], tcp?.machine[ends[1]] ?? ends[1]] as const;
  const disabled = between[0] === between[1] ? 'Both ends are one process: there is no network between them.' : undefined;
  const disturbed = disturbedAt(run, ordinal);
  const isHere = ([a, b]: readonly [number, number]): boolean =>
    Math.min(a, b) === Math.min(...between) && Math.max(a, b) === Math.max(...between);
  const isCut = disturbed?.cuts.some(isHere) === true;
  const isSlow = disturbed?.slowLinks.some((s) => isHere(s.between)) === true;
  const isLossy = disturbed?.lossy.some((l) => isHere(l.between)) === true;
  const choices: Choice[] = [];
  const add = (act: WorldAct, label: string, help: string, asks?: Asks): void =>
    void choices.push({ id: act.type, label, help, ...(asks && { asks }), ...(disabled !== undefined && { disabled }), act });
  if (isCut) add({ type: 'mend', between }, 'Mend', words.mend);
  else add({ type: 'cut', between }, 'Cut', words.cut);
  if (isSlow) add({ type: 'slow-link', between, factor: 1 }, 'Usual speed', 'As fast as before.');
  add({ type: 'slow-link', between, factor: 4 }, 'Slow…', 'What is sent on it takes longer.', FACTOR);
  if (isLossy) add({ type: 'lossy', between, share: 0 }, 'Lose nothing more', 'As before.');
  add({ type: 'lossy', between, share: 0.5 }, 'Lossy…', words.lossy, {
    what: 'share',
    label: 'Share lost',
    value: 0.5,
    min: 0,
    max: 1,
  });
  return choices;
}
