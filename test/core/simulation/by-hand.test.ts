import { expect, test } from 'vitest';
import { createSession } from '../../../src/core/simulation/session.ts';
import type { OpenArgs, Requests, RequestName } from '../../../src/protocol/protocol.ts';
import { LinkState } from '../../../src/protocol/scene.ts';

const PING = "<iq type='get' id='by-hand' to='wonderland.lit'>\n  <ping xmlns='urn:xmpp:ping'/>\n</iq>";

async function opened(args: OpenArgs) {
  const session = createSession({ file: () => Promise.reject(new Error('no file')) });
  const ask = async <N extends RequestName>(name: N, given: Requests[N]['args']): Promise<Requests[N]['reply']> => {
    const reply = await session.handle({ id: 1, name, args: given } as never);
    if (!reply.ok) throw new Error(reply.problem.message);
    return reply.value as Requests[N]['reply'];
  };
  const scene = await ask('open', args);
  while (session.work(1000));
  const rows = await ask('rows', { from: 1, count: 2000 });
  return { scene, ask, rows, progress: session.progress()!, whats: rows.map(({ from, to, what }) => `${from} ${to}: ${what}`) };
}
const entityOf = (scene: { readonly entities: { readonly jid: readonly string[] } }, jid: string) =>
  scene.entities.jid.findIndex((j) => j.startsWith(jid));

test('what is typed is sent right after its event, answered, and part of the run', async () => {
  const plain = await opened({ scenario: 'login' });
  const alice = entityOf(plain.scene, 'alice');
  // Alice is there in the middle of the run, and nothing is under way.
  const after = (await plain.ask('locate', { tick: 4_000_000 })).ordinal;
  const interventions = [{ after, at: 4_000_000, do: { type: 'inject', entity: alice, text: PING } }] as const;
  const run = await opened({ scenario: 'login', interventions });
  expect(run.rows.slice(0, after)).toEqual(plain.rows.slice(0, after));
  expect(run.whats[after]).toMatch(/^alice\/tea : sends by hand: <iq type='get'/);
  // At the very tick, though the event before it was earlier and the next one is later.
  expect(run.rows[after]!.tick).toBe(4_000_000);
  const at = run.rows.findIndex(({ kind }, i) => i > after && kind === 'result');
  expect(run.whats[at - 1]).toMatch(/^alice\/tea wonderland\.lit: iq get ping/);
  expect(run.whats[at]).toBe('wonderland.lit alice/tea: iq result by-hand');
  expect(run.progress.hash).not.toBe(plain.progress.hash);
  expect((await opened({ scenario: 'login', interventions })).progress.hash).toBe(run.progress.hash);
  // The state there can be looked at, as everywhere.
  const inspection = await run.ask('inspect', { target: { type: 'event', ordinal: after + 1 }, ordinal: after + 1 });
  expect(inspection.title).toMatch(/^sends by hand/);
  expect(inspection.parts.find((part) => part.type === 'xml')).toMatchObject({ xml: PING });
  const stanza = await run.ask('inspect', { target: run.rows[at - 1]!.target, ordinal: at });
  expect(JSON.stringify(stanza.parts)).toContain('A person typed this');
});

test('before the first event, after the last, and several in one run', async () => {
  const plain = await opened({ scenario: 'presence-cost' });
  const guest = entityOf(plain.scene, 'guest1@');
  const hand = (after: number, text: string) => ({ after, at: 0, do: { type: 'inject' as const, entity: guest, text } });
  const last = plain.progress.events;
  const run = await opened({ scenario: 'presence-cost', interventions: [hand(0, PING), hand(last, PING)] });
  expect(run.whats.filter((what) => what.endsWith('iq result by-hand'))).toHaveLength(2);
  expect(run.whats[0]).toMatch(/sends by hand/);
});

test('what is no stanza goes out as it is, and the server says what it thinks of it', async () => {
  const plain = await opened({ scenario: 'login' });
  const alice = entityOf(plain.scene, 'alice');
  const after = (await plain.ask('locate', { tick: 4_000_000 })).ordinal;
  const typed = async (text: string) =>
    (await opened({ scenario: 'login', interventions: [{ after, at: 0, do: { type: 'inject', entity: alice, text } }] })).whats.slice(
      after,
    );
  expect((await typed('<presence></message>')).join('\n')).toMatch(/not-well-formed/);
  expect((await typed("<strange xmlns='urn:strange'/>")).join('\n')).toMatch(/stream error/);
});

test('only a client of an XMPP scene can be made to send something', async () => {
  const done = (entity: number) => [{ after: 0, at: 0, do: { type: 'inject' as const, entity, text: PING } }];
  await expect(opened({ scenario: 'login', interventions: done(0) })).rejects.toThrow(/wonderland\.lit is none/);
  await expect(opened({ scenario: 'login', interventions: done(99) })).rejects.toThrow(/entity 99/);
});

test('a node of a graph sends a call that somebody wrote, and refuses what is none', async () => {
  const call = (name: string) =>
    `<iq to='1@graph.lit' type='set'><query xmlns='jabber:iq:rpc'><methodCall><methodName>gossip.${name}</methodName><params><param><value><i4>0</i4></value></param></params></methodCall></query></iq>`;
  const whats = async (text: string) => {
    const done = [{ after: 3, at: 0, do: { type: 'inject' as const, entity: 0, text } }];
    return (await opened({ scenario: 'gossip-laboratory', interventions: done })).whats.slice(3, 6);
  };
  const plain = (await opened({ scenario: 'gossip-laboratory' })).whats;
  expect((await whats(PING))[1]).toMatch(/cannot stand/);
  const sent = await whats(call('push'));
  expect(sent[0]).toMatch(/sends by hand: <iq to=/);
  expect(sent.slice(1)).not.toEqual(plain.slice(3, 5));
});

test('frames say how far each stream is: down, negotiating, up, and down again', async () => {
  const { scene, ask } = await opened({ scenario: 'login' });
  expect(scene.streams).toBe(true);
  const alice = entityOf(scene, 'alice');
  const link = scene.links.from.indexOf(alice);
  const stateAt = async (tick: number) => (await ask('frame', { tick })).links?.[link];
  expect(await stateAt(1_000_000)).toBe(LinkState.down);
  expect(await stateAt(2_200_000)).toBe(LinkState.negotiating);
  expect(await stateAt(4_000_000)).toBe(LinkState.up);
  expect(await stateAt(9_000_000)).toBe(LinkState.down);
  // A server that is gone without a word: its client still holds the stream until it hears of it.
  const dead = await opened({ scenario: 'dead-server' });
  const sister = dead.scene.links.from.indexOf(entityOf(dead.scene, 'sister'));
  expect((await dead.ask('frame', { tick: 24_010_000 })).links?.[sister]).toBe(LinkState.half);
  expect((await dead.ask('frame', { tick: 24_900_000 })).links?.[sister]).toBe(LinkState.down);
  expect((await (await opened({ scenario: 'room-two-servers' })).ask('frame', { ordinal: 5 })).links).toBeUndefined();
});
