/** Trouble on TCP connections by hand: what waits, what is given up, who notices, who comes back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NoteScan } from '../../../src/core/causality/notes/scan.ts';
import { CausalOrder } from '../../../src/core/causality/order.ts';
import { Threads } from '../../../src/core/causality/threads.ts';
import { Outcome, What } from '../../../src/core/kernel/journal.ts';
import { choicesFor } from '../../../src/core/simulation/choices.ts';
import { checkAct } from '../../../src/core/simulation/interventions.ts';
import { inspect } from '../../../src/core/simulation/inspect.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import type { World } from '../../../src/core/simulation/world.ts';
import { xmppWorld } from '../../../src/core/simulation/xmpp.ts';
import type { Intervention, WorldAct } from '../../../src/protocol/intervention.ts';
import type { ClientAct } from '../../../src/protocol/scenario.ts';
import { chat, logsIn, scene, SECOND } from '../../../src/scenarios/xmpp/parts.ts';
import { stanzasOf, world } from '../../support/scenes.ts';

const [WONDERLAND, REALWORLD, ALICE] = [0, 1, 2];
/** Alice and her sister on two servers, who write to each other at these seconds. */
const pair = (manage: boolean, hers: readonly number[], sisters: readonly number[], params = {}, seed = '1'): World => {
  const says = (to: string, at: readonly number[]): ClientAct[] => at.map((s) => chat(s * 1000, to, `at${s}`, `at ${s}`));
  const alice: ClientAct = { at: 0, do: 'connect', roster: true, presence: '', ...(manage && { manage }) };
  const clients = [
    { jid: 'alice@wonderland.lit/tea', acts: [alice, ...says('sister@realworld.lit', hers)] },
    logsIn('sister@realworld.lit/sofa', 0, ...says('alice@wonderland.lit', sisters)),
  ];
  const servers = [{ domain: 'wonderland.lit' }, { domain: 'realworld.lit' }];
  const streams = { clients: 'down', servers: 'down' } as const;
  return xmppWorld(scene({ id: 'pair', title: '', summary: '', servers, streams, clients, until: 400 * SECOND }), seed, params);
};

/** The acts are done at these seconds. */
function played(of: World, ...acts: readonly (readonly [number, WorldAct])[]): Run {
  const list: Intervention[] = [];
  for (const [s, act] of acts) {
    checkAct(of, act);
    list.push({ after: new Run(of, list).finish().journal.ordinalAt(s * SECOND), at: s * SECOND, do: act });
  }
  return new Run(of, list).finish();
}
interface Came {
  readonly at: number;
  readonly to: string;
  readonly id: string;
  readonly type: string;
  readonly outcome: number;
  readonly condition: string;
}
/** Messages at the end of their last link, in the order in which they came to it. */
function came(run: Run, name: string, kind = 'message'): readonly Came[] {
  const { journal, world: of } = run;
  const found: Came[] = [];
  for (let o = 1; o <= journal.eventCount; o++) {
    const id = journal.events.subject.get(o - 1);
    if (journal.events.what.get(o - 1) !== What.arrival) continue;
    const stanza = journal.stanzas.get(id);
    const to = of.stage.entities.name[journal.messages.to.get(id)]!;
    if (!stanza || stanza.name !== kind || to !== name) continue;
    const error = stanza.children.find((c) => typeof c !== 'string' && c.name === 'error');
    const condition = typeof error === 'object' ? (error.children.find((c) => typeof c !== 'string' && c.name !== 'text') ?? '') : '';
    found.push({
      at: journal.tickOf(o) / SECOND,
      to,
      id: stanza.attrs['id'] ?? '',
      type: stanza.attrs['type'] ?? '',
      outcome: journal.messages.outcome.get(id),
      condition: typeof condition === 'object' ? condition.name : '',
    });
  }
  return found;
}
const rules = (run: Run): readonly string[] =>
  Array.from({ length: run.journal.eventCount }, (_, row) => run.journal.ruleName(run.journal.events.rule.get(row)));
const cut = (...between: readonly [number, number]): WorldAct => ({ type: 'cut', between });
const mend = (...between: readonly [number, number]): WorldAct => ({ type: 'mend', between });

test('a short cut between servers holds stanzas up: they come at the next attempt of TCP, in order, and no stream breaks', () => {
  const of = pair(false, [10], [20, 21, 22]);
  const run = played(of, [15, cut(WONDERLAND, REALWORLD)], [26, mend(WONDERLAND, REALWORLD)]);
  const told = came(run, 'alice').filter(({ type }) => type === 'chat');
  expect(told.map(({ id }) => id)).toEqual(['at20', 'at21', 'at22']);
  // It should have come at 20.072, was sent again 1, 3 and 7 seconds later, and the last of these got through.
  expect(told.map(({ at }) => at)).toEqual([27.144, 27.144, 27.144]);
  expect(rules(run)).toEqual(expect.arrayContaining(['tcp/cut', 'tcp/behind', 'tcp/again', 'tcp/through']));
  expect(rules(run)).not.toContain('tcp/broken');
});

test('while it waits it is drawn at rest; from the attempt on that gets through it is on its way anew', () => {
  const of = pair(false, [10], [20]);
  const run = played(of, [15, cut(WONDERLAND, REALWORLD)], [26, mend(WONDERLAND, REALWORLD)]);
  const { messages, touched } = run.journal;
  const id = Array.from({ length: run.journal.messageCount }, (_, i) => i).find(
    (i) => run.journal.stanzas.get(i)?.attrs['id'] === 'at20' && messages.to.get(i) === WONDERLAND,
  )!;
  const through = rules(run).indexOf('tcp/through');
  const seen = (ordinal: number) => [touched.sentAt(id, ordinal, messages.sent.get(id)), touched.dueOf(id, ordinal, messages.due.get(id))];
  expect(seen(through - 1)).toEqual([20.024 * SECOND, 20.072 * SECOND]);
  expect(seen(through + 1)).toEqual([27.072 * SECOND, 27.12 * SECOND]);
});

test('the inspector says why a stanza came late, and where it was held up', () => {
  const of = pair(false, [10], [20]);
  const run = played(of, [15, cut(WONDERLAND, REALWORLD)], [26, mend(WONDERLAND, REALWORLD)]);
  const id = Array.from({ length: run.journal.messageCount }, (_, i) => i).find(
    (i) => run.journal.stanzas.get(i)?.attrs['id'] === 'at20' && run.journal.messages.to.get(i) === WONDERLAND,
  )!;
  const wait = inspect(run, { type: 'message', id }, run.journal.eventCount).parts.find(({ key }) => key === 'wait');
  expect(wait).toMatchObject({
    type: 'note',
    source: 'RFC 9293 §3.8.1',
    link: { type: 'event', ordinal: run.journal.ordinalAt(20.072 * SECOND) },
  });
});

test('a long cut: both servers notice, what was on the stream is lost, and what comes later is answered by an error', () => {
  const plain = pair(false, [10], [20, 150]);
  const rfc = pair(false, [10], [20, 150], { profile: 'rfc' });
  for (const [of, condition] of [
    [plain, 'remote-server-not-found'],
    [rfc, 'remote-server-timeout'],
  ] as const) {
    const run = played(of, [15, cut(WONDERLAND, REALWORLD)]);
    const lost = came(run, 'wonderland.lit').find(({ id }) => id === 'at20');
    expect(lost).toMatchObject({ outcome: Outcome.cut, at: 120.072 });
    const back = came(run, 'sister').find(({ id }) => id === 'at150');
    expect(back).toMatchObject({ type: 'error', condition });
    // TCP tries to connect for Prosody’s ninety seconds.
    expect(back!.at).toBeCloseTo(240, 0);
    const broken = run.journal.events;
    const who = rules(run).flatMap((rule, row) => (rule === 'tcp/broken' ? [broken.entity.get(row)] : []));
    expect(new Set(who)).toEqual(new Set([WONDERLAND, REALWORLD]));
  }
});

test('streams that are up without negotiation are given up as well, and work again once somebody sends', () => {
  const of = world('room-two-servers');
  const { name } = of.stage.entities;
  const sister = name.indexOf('sister');
  const text = "<message to='alice@wonderland.lit' type='chat' id='late'><body>Hello?</body></message>";
  const say: WorldAct = { type: 'inject', entity: sister, text };
  const run = played(of, [4, cut(0, 1)], [170, say], [270, mend(0, 1)], [280, { ...say, text: text.replace('late', 'later') }]);
  const back = came(run, 'sister').find(({ id }) => id === 'late');
  expect(back).toMatchObject({ type: 'error', condition: 'remote-server-not-found' });
  expect(back!.at).toBeCloseTo(260, 0);
  expect(came(run, 'alice').find(({ id }) => id === 'later')!.at).toBeCloseTo(280.1, 1);
  expect(rules(run)).toContain('tcp/whole');
});

test('stream management: the session waits for its client, which resumes it, and nothing is lost or doubled', () => {
  const of = pair(true, [10], [20, 350]);
  const run = played(of, [15, cut(WONDERLAND, ALICE)], [250, mend(WONDERLAND, ALICE)]);
  const delivered = came(run, 'alice').filter(({ outcome, type }) => outcome === Outcome.delivered && type === 'chat');
  expect(delivered.map(({ id }) => id)).toEqual(['at20', 'at350']);
  const told = rules(run);
  expect(told).toEqual(expect.arrayContaining(['xep-0198/5/hibernates', 'tcp/broken', 'rfc-6120/3.3/reconnect']));
  const resumed = stanzasOf(run).some((stanza) => stanza?.name === 'resumed');
  expect(resumed).toBe(true);
});

test('a client that has not noticed is told by a reset, once the network is whole, and comes back', () => {
  const of = pair(true, [10], [20, 350]);
  const run = played(of, [15, cut(WONDERLAND, ALICE)], [150, mend(WONDERLAND, ALICE)]);
  expect(rules(run)).toContain('tcp/reset');
  const delivered = came(run, 'alice').filter(({ outcome, type }) => outcome === Outcome.delivered && type === 'chat');
  expect(delivered.map(({ id }) => id)).toEqual(['at20', 'at350']);
});

test('without stream management the session ends for all to see, and the client logs in anew', () => {
  const of = pair(false, [10], [20, 350]);
  const run = played(of, [15, cut(WONDERLAND, ALICE)], [250, mend(WONDERLAND, ALICE)]);
  const told = came(run, 'alice').filter(({ type }) => type === 'chat');
  expect(told.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['at20', Outcome.cut],
    ['at350', Outcome.delivered],
  ]);
});

test('an occupant whose connection dies leaves the room for the others, and joins it again', () => {
  const of = world('room-two-servers');
  const hatter = of.stage.entities.name.indexOf('madhatter');
  const run = played(of, [3, cut(WONDERLAND, hatter)], [220, mend(WONDERLAND, hatter)]);
  const about = came(run, 'alice', 'presence')
    .map(({ at, type }) => ({ at, type }))
    .filter(({ at }) => at > 10);
  expect(about.map(({ type }) => type)).toEqual(['unavailable', '']);
  expect(about[0]!.at).toBeGreaterThan(160);
  expect(about[1]!.at).toBeGreaterThan(220);
  const fold = run.fold.sibling();
  fold.seek(run.journal.eventCount);
  expect(of.stage.states[fold.states[hatter]!]!.label).toBe('in the room');
});

test('clients of a server that dies by hand come back to it when it is up again', () => {
  const of = world('room-two-servers');
  const sister = of.stage.entities.name.indexOf('sister');
  const run = played(of, [3, { type: 'crash', entity: REALWORLD }], [30, { type: 'restart', entity: REALWORLD }]);
  const fold = run.fold.sibling();
  fold.seek(run.journal.eventCount);
  expect(of.stage.states[fold.states[sister]!]!.id).not.toBe('offline');
});

test('a server that dies takes its services along, and both come up again; each is offered only where it makes sense', () => {
  const of = world('room-two-servers');
  const rooms = of.stage.entities.name.indexOf('rooms.wonderland.lit');
  const run = played(of, [3, { type: 'crash', entity: WONDERLAND }], [10, { type: 'restart', entity: WONDERLAND }]);
  const offline = (at: number): readonly boolean[] => {
    const fold = run.fold.sibling();
    fold.seek(run.journal.ordinalAt(at * SECOND));
    return [WONDERLAND, rooms].map((entity) => of.stage.states[fold.states[entity]!]!.id === 'offline');
  };
  expect([offline(2), offline(5), offline(11)]).toEqual([
    [false, false],
    [true, true],
    [false, false],
  ]);
  const offered = (at: number) =>
    choicesFor(run, { type: 'entity', index: WONDERLAND }, run.journal.ordinalAt(at * SECOND))
      .filter(({ id, disabled }) => (id === 'crash' || id === 'restart') && disabled === undefined)
      .map(({ id }) => id);
  expect([offered(2), offered(5), offered(11)]).toEqual([['crash'], ['restart'], ['crash']]);
});

test('what only waits is no loss among the notes; what is given up is', () => {
  const of = pair(false, [10], [20]);
  const found = (run: Run): readonly string[] => {
    const order = new CausalOrder(run.journal);
    const { stage } = run.world;
    const scan = new NoteScan({ journal: run.journal, order, threads: new Threads(order, stage), stage });
    scan.advance(Infinity, { whole: true });
    return scan.answer({ from: 0, count: 500 }).notes.map(({ kind }) => kind);
  };
  const short = found(played(of, [15, cut(WONDERLAND, REALWORLD)], [26, mend(WONDERLAND, REALWORLD)]));
  expect(short).not.toContain('lost');
  expect(short).not.toContain('connection-given-up');
  const long = found(played(of, [15, cut(WONDERLAND, REALWORLD)]));
  expect(long).toContain('lost');
  expect(long).toContain('connection-given-up');
});

test('a lossy connection loses nothing and changes no order: whatever comes is late, or the connection is given up', () => {
  const times = Array.from({ length: 20 }, (_, i) => 20 + i);
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 0.9, noNaN: true }), fc.constantFrom('1', '2', '3'), (share, seed) => {
      const of = pair(false, [10], times, {}, seed);
      const run = played(of, [15, { type: 'lossy', between: [WONDERLAND, REALWORLD], share }]);
      const all = came(run, 'wonderland.lit').filter(({ type }) => type === 'chat');
      expect(all.every(({ outcome }) => outcome === Outcome.delivered || rules(run).includes('tcp/broken'))).toBe(true);
      const ids = all.filter(({ outcome }) => outcome === Outcome.delivered).map(({ id }) => Number(id.slice(2)));
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    }),
    { numRuns: 6 },
  );
  const of = pair(false, [10], times);
  expect(rules(played(of, [15, { type: 'lossy', between: [WONDERLAND, REALWORLD], share: 1 }]))).toContain('tcp/broken');
});

test('a link that is fast again lets nothing overtake what is still on it', () => {
  const of = pair(false, [10], [20, 21]);
  const link = [WONDERLAND, REALWORLD] as const;
  const run = played(of, [15, { type: 'slow-link', between: link, factor: 100 }], [20.5, { type: 'slow-link', between: link, factor: 1 }]);
  const told = came(run, 'wonderland.lit').filter(({ id }) => id === 'at20' || id === 'at21');
  expect(told.map(({ id }) => id)).toEqual(['at20', 'at21']);
  expect(told[0]!.at).toBeCloseTo(20.024 + 4.8, 3);
  expect(told[1]!.at).toBeCloseTo(told[0]!.at, 3);
});

test('a server and its services are one process: nothing can be cut between them, and a partition keeps them together', () => {
  const of = world('room-two-servers');
  const rooms = of.stage.entities.name.indexOf('rooms.wonderland.lit');
  expect(() => checkAct(of, cut(WONDERLAND, rooms))).toThrow('are one process');
  const { from, to } = of.stage.links;
  const inside = [...from.keys()].find((link) => from[link] === WONDERLAND && to[link] === rooms)!;
  const plain = new Run(of).finish();
  expect(choicesFor(plain, { type: 'link', index: inside }, 10).every(({ disabled }) => disabled?.includes('one process') === true)).toBe(
    true,
  );
  // A link of a service is one of its server's machine.
  const federated = [...from.keys()].find((link) => from[link] === REALWORLD && to[link] === rooms)!;
  const [choice] = choicesFor(plain, { type: 'link', index: federated }, 10);
  expect(choice).toMatchObject({ label: 'Cut', act: { between: [REALWORLD, WONDERLAND] } });
  const run = played(of, [1, { type: 'partition', side: [rooms] }]);
  const m = run.journal.messages;
  for (let id = 0; id < run.journal.messageCount; id++) if (m.link.get(id) === inside) expect(m.outcome.get(id)).toBe(Outcome.delivered);
  expect(rules(run)).toContain('tcp/cut');
});

test('cut and mended in one moment, nothing is another', () => {
  const of = pair(false, [10], [20]);
  const plain = came(new Run(of).finish(), 'alice');
  const run = played(of, [20.04, cut(WONDERLAND, REALWORLD)], [20.04, mend(WONDERLAND, REALWORLD)]);
  expect(came(run, 'alice')).toEqual(plain);
});
