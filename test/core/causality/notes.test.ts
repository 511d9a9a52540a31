import { describe, expect, test } from 'vitest';
import { el } from '../../../src/base/xml/element.ts';
import { FINDERS } from '../../../src/core/causality/notes/index.ts';
import { NoteScan } from '../../../src/core/causality/notes/scan.ts';
import { CausalOrder } from '../../../src/core/causality/order.ts';
import { Threads } from '../../../src/core/causality/threads.ts';
import { Outcome, type Journal } from '../../../src/core/kernel/journal.ts';
import type { Stage } from '../../../src/core/kernel/model.ts';
import { causes } from '../../../src/core/simulation/causes.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import { EntityKind } from '../../../src/protocol/scene.ts';
import { conversation, type Said } from '../../support/journals.ts';
import { finished, world } from '../../support/scenes.ts';

const NS = 'jabber:client';
const [ALICE, SERVER, BOB] = [0, 1, 2];
const stage = {
  entities: {
    name: ['alice', 'here.lit', 'bob'],
    jid: ['alice@here.lit/a', 'here.lit', 'bob@here.lit/b'],
    kind: Uint8Array.of(EntityKind.client, EntityKind.server, EntityKind.client),
  },
  links: { from: new Uint32Array(1), to: new Uint32Array(1) },
  states: [],
  rules: new Map(),
  streamNs: () => NS,
  summary: () => 'a stanza',
} as unknown as Stage;

function scanOf(journal: Journal, faults = false): NoteScan {
  const order = new CausalOrder(journal);
  const faultOf = () => ({ message: 'it has no id', section: 'RFC 6120 §8.1.3' });
  return new NoteScan({ journal, order, threads: new Threads(order, stage), stage, ...(faults && { faultOf }) });
}
function found(said: readonly Said[], faults = false): string[] {
  const scan = scanOf(conversation(said), faults);
  scan.advance(Infinity, { whole: true });
  return scan.answer({ from: 0, count: 500 }).notes.map(({ kind }) => kind);
}
const all = (run: Run) => {
  const { notes } = causes(() => run);
  while (!notes({ from: 0, count: 0 }).complete);
  return notes({ from: 0, count: 500 });
};

describe('an iq', () => {
  const get: Said = { from: ALICE, to: SERVER, stanza: el('iq', NS, { type: 'get', id: '1' }) };
  const result: Said = { from: SERVER, to: ALICE, stanza: el('iq', NS, { type: 'result', id: '1' }), answers: 0 };
  test('that is answered is nothing to note', () => expect(found([get, result])).toEqual([]));
  test('that is never answered', () => expect(found([get])).toEqual(['iq-unanswered']));
  test('that is answered twice', () => expect(found([get, result, result])).toEqual(['iq-answered-twice']));
  test('is noted with the reason: its last hop was lost', () => {
    const scan = scanOf(conversation([get, { ...get, from: SERVER, to: BOB, relays: 0, outcome: Outcome.lost }]));
    scan.advance(Infinity, { whole: true });
    expect(scan.answer({ from: 0, count: 9 }).notes.find(({ kind }) => kind === 'iq-unanswered')?.text).toContain('lost on its way');
  });
  test('whose run goes on beyond its rows may be answered yet', () => {
    const scan = scanOf(conversation([get]));
    scan.advance(Infinity, { whole: false });
    expect(scan.answer({ from: 0, count: 9 }).total).toBe(0);
  });
});

describe('presence', () => {
  const roster = (subscription: string): Said => ({
    from: SERVER,
    to: ALICE,
    stanza: el(
      'iq',
      NS,
      { type: 'set', id: 'r' },
      el('query', 'jabber:iq:roster', {}, el('item', 'jabber:iq:roster', { jid: 'bob@here.lit', subscription })),
    ),
    answers: 0,
  });
  const own: Said = { from: ALICE, to: SERVER, stanza: el('presence', NS, {}) };
  const told: Said = {
    from: SERVER,
    to: BOB,
    stanza: el('presence', NS, { from: 'alice@here.lit/a', to: 'bob@here.lit' }),
    relays: 1,
  };
  const leaks = (said: readonly Said[]) => found(said).filter((kind) => kind === 'presence-leaked');
  test('to a subscriber is as it should be', () => {
    expect(leaks([roster('from'), own, told])).toEqual([]);
    expect(leaks([roster('both'), own, told])).toEqual([]);
  });
  test('to somebody who is not subscribed leaks', () => {
    expect(leaks([roster('to'), own, told])).toEqual(['presence-leaked']);
    expect(leaks([roster('none'), own, told])).toEqual(['presence-leaked']);
  });
  test('that was sent there on purpose does not', () => {
    expect(leaks([roster('none'), { ...own, stanza: el('presence', NS, { to: 'bob@here.lit' }) }, told])).toEqual([]);
  });
  test('of a user whose roster nobody saw is not judged', () => expect(leaks([own, own, told])).toEqual([]));
});

test('a message that comes twice, an error, a bounce, a stream’s end, a bad form: each is noted once', () => {
  const hello: Said = {
    from: SERVER,
    to: BOB,
    stanza: el('message', NS, { id: 'x', from: 'alice@here.lit/a' }, el('body', NS, {}, 'hello')),
  };
  expect(found([hello, hello])).toEqual(['message-twice']);
  expect(found([hello, { ...hello, stanza: el('message', NS, { id: 'y' }) }])).toEqual([]);
  const error = el('error', NS, { type: 'cancel' }, el('gone', 'urn:ietf:params:xml:ns:xmpp-stanzas'));
  expect(found([{ ...hello, stanza: el('message', NS, { type: 'error' }, error) }])).toEqual(['bounced']);
  expect(found([{ ...hello, stanza: el('iq', NS, { type: 'error' }, error) }])).toEqual(['error-reply']);
  expect(found([{ ...hello, stanza: el('message', NS, { type: 'error' }, error), relays: 0 }])).toEqual([]);
  expect(found([{ ...hello, stanza: el('error', 'http://etherx.jabber.org/streams', {}, el('conflict', 'x')) }])).toEqual(['stream-error']);
  expect(found([hello], true)).toEqual(['not-valid']);
});

describe('scenes', () => {
  test('who never gets the rumour is who is shown to be susceptible at the end', () => {
    const run = finished('karate-rumour');
    run.fold.seek(run.journal.eventCount);
    const missed = [...run.fold.states].filter((state) => run.world.stage.states[state]!.look === 'hollow').length;
    const { kinds } = all(run);
    expect(kinds.find(({ id }) => id === 'never-reached')?.count).toBe(missed);
    expect(missed).toBeGreaterThan(0);
  });
  test('what is lost by chance is noted as often as it happened', () => {
    const run = finished('gossip-laboratory', { params: { nodes: 60, loss: 0.2 } });
    const lost = Array.from({ length: run.journal.messageCount }, (_, id) => run.journal.messages.outcome.get(id)).filter(
      (o) => o === Outcome.lost,
    );
    expect(all(run).kinds.find(({ id }) => id === 'lost')?.count).toBe(lost.length);
    expect(lost.length).toBeGreaterThan(5);
  });
  test.each(['room-two-servers', 'presence-cost', 'three-devices', 'subscription', 'echo-bot'])('%s: nothing to warn of', (scene) => {
    expect(all(finished(scene)).notes.filter(({ severity }) => severity === 'warn' || severity === 'error')).toEqual([]);
  });
  test('dead-server: the stream’s end, the bounce and the server that stays away are there, each leading to its row', () => {
    const { notes } = all(finished('dead-server'));
    expect(new Set(notes.map(({ kind }) => kind))).toEqual(new Set(['stream-error', 'never-back', 'dropped', 'went-down']));
    expect(notes.map(({ ordinal }) => ordinal)).toEqual(notes.map(({ ordinal }) => ordinal).toSorted((a, b) => a - b));
  });
});

test('slices change nothing, and a window is a window', () => {
  const run = finished('dead-server');
  const order = new CausalOrder(run.journal);
  const context = { journal: run.journal, order, threads: new Threads(order, run.world.stage), stage: run.world.stage };
  const once = new NoteScan(context);
  once.advance(Infinity, { whole: true });
  const often = new NoteScan(context);
  for (let i = 0; i <= run.journal.eventCount; i++) often.advance(1, { whole: true });
  const whole = once.answer({ from: 0, count: 500 });
  expect(often.answer({ from: 0, count: 500 })).toEqual(whole);
  expect(once.answer({ from: 2, count: 3 }).notes).toEqual(whole.notes.slice(2, 5));
  const errors = once.answer({ from: 0, count: 500, severities: ['error'] });
  expect(errors.notes).toEqual(whole.notes.filter(({ severity }) => severity === 'error'));
  expect(errors.counts).toEqual(whole.counts);
  expect([...whole.marks.ordinal]).toEqual(
    whole.notes.filter(({ severity }) => severity === 'warn' || severity === 'error').map(({ ordinal }) => ordinal),
  );
});

test('finders are told apart by their ids', () => {
  expect(new Set(FINDERS.map(({ id }) => id)).size).toBe(FINDERS.length);
});

describe('by hand', () => {
  const done = (...list: readonly Intervention[]) => {
    const { notes } = all(new Run(world('room-two-servers'), list).finish());
    return notes.filter(({ severity, kind }) => severity === 'warn' && kind !== 'lost').map(({ kind, ordinal }) => [kind, ordinal]);
  };
  test('a cut and a partition that are never undone are noted where they were made; what is undone is not', () => {
    expect(done({ after: 3, do: { type: 'cut', between: [0, 1] } })).toContainEqual(['never-mended', 4]);
    const mended = done({ after: 3, do: { type: 'cut', between: [0, 1] } }, { after: 20, do: { type: 'mend', between: [1, 0] } });
    expect(mended.filter(([kind]) => kind === 'never-mended')).toEqual([]);
    expect(done({ after: 3, do: { type: 'partition', side: [1] } })).toContainEqual(['never-mended', 4]);
    const healed = done({ after: 3, do: { type: 'partition', side: [1] } }, { after: 20, do: { type: 'heal' } });
    expect(healed.filter(([kind]) => kind === 'never-mended')).toEqual([]);
  });
  test('what finds no target is noted with its reason', () => {
    expect(done({ after: 3, target: { event: 2, nth: 9 }, do: { type: 'drop' } })).toContainEqual(['no-target', 5]);
  });
});
