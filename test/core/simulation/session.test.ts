/** One open scene behind the protocol: every request gets a reply, and a reply may say no in words. */
import { expect, test } from 'vitest';
import { createSession, type Session } from '../../../src/core/simulation/session.ts';
import type { Reply, Request, RequestName, Requests } from '../../../src/protocol/protocol.ts';
import type { Target } from '../../../src/protocol/parts.ts';
import golden from '../../support/golden.json';
import { publicFile, SCENES } from '../../support/scenes.ts';

const session = (file: (path: string) => Promise<string> = async (path) => publicFile(path)): Session => createSession({ file });

let count = 0;
const ask = <N extends RequestName>(to: Session, name: N, args: Requests[N]['args']): Promise<Reply> =>
  to.handle({ id: ++count, name, args } as Request);
async function value<N extends RequestName>(to: Session, name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']> {
  const reply = await ask(to, name, args);
  if (!reply.ok) throw new Error(reply.problem.message);
  return reply.value as Requests[N]['reply'];
}
async function refusal<N extends RequestName>(to: Session, name: N, args: Requests[N]['args']): Promise<string> {
  const reply = await ask(to, name, args);
  if (reply.ok) throw new Error(`${name} was not refused`);
  return `${reply.problem.message} ${reply.problem.hint ?? ''}`.trim();
}
const toEnd = (to: Session): void => {
  while (to.work(500));
};

test('before a scene is open everything but the catalogue and opening is refused in words', async () => {
  const s = session();
  const target: Target = { type: 'event', ordinal: 1 };
  const refused = [
    await refusal(s, 'locate', { tick: 0 }),
    await refusal(s, 'frame', { ordinal: 0 }),
    await refusal(s, 'move', { from: 0, by: 'event', back: false }),
    await refusal(s, 'rows', { from: 1, count: 1 }),
    await refusal(s, 'series', { buckets: 10 }),
    await refusal(s, 'inspect', { target, ordinal: 0 }),
  ];
  expect(new Set(refused)).toEqual(new Set(['no scene is open yet']));
  expect(s.progress()).toBeUndefined();
  expect(s.work(10)).toBe(false);
  expect((await value(s, 'catalogue', {})).scenarios.map((entry) => entry.id)).toEqual(SCENES);
});

test('replies bear the number of their request', async () => {
  const reply = await session().handle({ id: 77, name: 'locate', args: { tick: 1 } });
  expect(reply.id).toBe(77);
});

test('an unknown request is refused, one named like a property of every object too', async () => {
  for (const name of ['fly', 'constructor', '__proto__']) {
    const reply = await session().handle({ id: 1, name, args: {} } as unknown as Request);
    expect(reply).toMatchObject({ ok: false, problem: { message: `there is no request "${name}"` } });
  }
});

test('what cannot be opened is refused, and the scene that was open stays', async () => {
  const s = session(async (path) =>
    path.endsWith('karate.dot') ? Promise.reject(new Error('karate.dot could not be loaded (404)')) : publicFile(path),
  );
  await value(s, 'open', { scenario: 'room-two-servers' });
  toEnd(s);
  const before = s.progress();
  expect(await refusal(s, 'open', { scenario: 'tea-for-two' })).toMatch(/there is no scenario "tea-for-two".*room-two-servers/);
  expect(await refusal(s, 'open', { scenario: 'karate-rumour' })).toBe('karate.dot could not be loaded (404)');
  expect(await refusal(s, 'open', { scenario: 'experiment-2011', params: { tolerance: 0 } })).toMatch(
    /`tolerance`.*from 1 to 10000, got 0/,
  );
  expect(await refusal(s, 'open', { scenario: 'experiment-2011', params: { nonsense: 1 } })).toMatch(
    /no parameter `nonsense`.*tolerance, period/,
  );
  expect(s.progress()).toEqual(before);
  expect((await value(s, 'frame', { ordinal: 5 })).ordinal).toBe(5);
});

test.each(SCENES)('%s opens, goes on in slices, and ends with the pinned hash', async (id) => {
  const s = session();
  const scene = await value(s, 'open', { scenario: id });
  expect(scene.scenario).toBe(id);
  expect(scene.entities.name).toHaveLength(scene.entities.jid.length);
  expect(scene.values).toMatchObject(Object.fromEntries(Object.keys(scene.params).map((name) => [name, expect.anything()])));
  toEnd(s);
  const progress = s.progress()!;
  expect(progress.run).toBe(scene.run);
  expect(progress.hash).toBe(golden[id as keyof typeof golden]);
  expect(await value(s, 'locate', { tick: 1e12 })).toEqual({ ordinal: progress.events, tick: progress.tick });
  expect(await value(s, 'locate', { tick: -1 })).toEqual({ ordinal: 0, tick: 0 });
  const frame = await value(s, 'frame', { tick: progress.tick / 2 });
  expect(frame.tick).toBeLessThanOrEqual(progress.tick / 2);
  expect(frame.nextTick).toBeGreaterThan(progress.tick / 2);
});

test('another scene is another run: numbers of runs tell their messages apart', async () => {
  const s = session();
  const first = await value(s, 'open', { scenario: 'karate-rumour' });
  const second = await value(s, 'open', { scenario: 'karate-rumour', seed: '🎩' });
  expect(second.run).toBeGreaterThan(first.run);
  expect(second.seed).toBe('🎩');
  expect(s.progress()!.run).toBe(second.run);
});

test('of two scenes asked for, the later one is open in the end, whichever file is slower', async () => {
  const arrivals: (() => void)[] = [];
  const s = session((path) => new Promise((done) => arrivals.push(() => done(publicFile(path)))));
  const slow = ask(s, 'open', { scenario: 'karate-rumour' });
  const scene = await value(s, 'open', { scenario: 'room-two-servers' });
  for (const arrive of arrivals) arrive();
  expect(await slow).toMatchObject({ ok: false, problem: { message: 'another scene was asked for meanwhile' } });
  expect(s.progress()!.run).toBe(scene.run);
  toEnd(s);
  expect(s.progress()!.hash).toBe(golden['room-two-servers']);
});

test('what is not there cannot be inspected', async () => {
  const s = session();
  await value(s, 'open', { scenario: 'experiment-2011' });
  toEnd(s);
  const { events, messages } = s.progress()!;
  const wrong: readonly Target[] = [
    { type: 'message', id: messages },
    { type: 'message', id: -1 },
    { type: 'message', id: 0.5 },
    { type: 'event', ordinal: 0 },
    { type: 'event', ordinal: events + 1 },
    { type: 'entity', index: 20 },
    { type: 'entity', index: NaN },
    { type: 'link', index: 380 },
  ];
  for (const target of wrong) expect(await refusal(s, 'inspect', { target, ordinal: 0 })).toMatch(/^there is no /);
});

test.each(SCENES)('%s: everything that is there can be inspected, at any cursor, with keys that tell the parts apart', async (id) => {
  const s = session();
  const scene = await value(s, 'open', { scenario: id });
  toEnd(s);
  const { events, messages } = s.progress()!;
  const targets: Target[] = [];
  for (let i = 0; i < messages; i += 7) targets.push({ type: 'message', id: i });
  for (let i = 1; i <= events; i += 7) targets.push({ type: 'event', ordinal: i });
  for (let i = 0; i < scene.entities.name.length; i += 3) targets.push({ type: 'entity', index: i });
  for (let i = 0; i < scene.links.from.length; i += 11) targets.push({ type: 'link', index: i });
  for (const [i, target] of targets.entries()) {
    const ordinal = (i * 37) % (events + 10);
    const inspection = await value(s, 'inspect', { target, ordinal });
    expect(inspection.target).toEqual(target);
    expect(inspection.title).not.toBe('');
    const keys = inspection.parts.map((part) => part.key);
    expect(new Set(keys).size, JSON.stringify(keys)).toBe(keys.length);
    // What opens and closes a connection has no XML.
    if (target.type === 'message' && !/^TCP |^TLS /.test(inspection.title)) expect(inspection.parts[0]).toMatchObject({ type: 'xml' });
    for (const part of inspection.parts)
      if (part.type === 'fields') expect(new Set(part.fields.map((field) => field.key)).size).toBe(part.fields.length);
  }
});

test('a graph that the person opened takes the place of the scene’s own', async () => {
  const s = session();
  const graph = {
    name: 'mine.dot',
    directed: false,
    names: ['a', 'b'],
    from: Uint32Array.of(0),
    to: Uint32Array.of(1),
    length: Float64Array.of(5),
    notes: ['a note'],
  };
  const scene = await value(s, 'open', { scenario: 'experiment-2011', graph });
  expect(scene.entities.name).toEqual(['a', 'b']);
  expect([...scene.links.latency]).toEqual([5, 5]);
  expect(scene.notes).toContain('a note');
});

test('a gossip scene can be opened with another algorithm, an XMPP scene cannot', async () => {
  const session = createSession({ file: () => Promise.resolve('graph { a -- b [label=3] }') });
  const scene = await session.handle({ id: 1, name: 'open', args: { scenario: 'karate-rumour', algorithm: 'uniform' } });
  expect(scene).toMatchObject({ ok: true, value: { algorithm: 'uniform', values: { tolerance: 3, period: 1 } } });
  const room = await session.handle({ id: 2, name: 'open', args: { scenario: 'room-two-servers', algorithm: 'uniform' } });
  expect(room).toMatchObject({ ok: false, problem: { message: expect.stringContaining('no gossip scenario') } });
});
