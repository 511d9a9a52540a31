/** Causes of a long run are worked out in slices, while everything else is answered; and they are the same. */
import { expect, test } from 'vitest';
import { createSession, type Session } from '../../../src/core/simulation/session.ts';
import type { Request, Requests, RequestName } from '../../../src/protocol/protocol.ts';

let id = 0;
async function ask<N extends RequestName>(session: Session, name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']> {
  const reply = await session.handle({ id: id++, name, args } as Request);
  if (!reply.ok) throw new Error(reply.problem.message);
  return reply.value as Requests[N]['reply'];
}
const file = () => Promise.reject(new Error('no file'));
const SCENE = { scenario: 'gossip-laboratory', params: { nodes: 3000 } };

async function long(wake?: () => void): Promise<Session> {
  const session = createSession({ file, ...(wake && { wake }) });
  await ask(session, 'open', SCENE);
  while (session.work(1 << 16));
  expect(session.progress()!.events).toBeGreaterThan(40_000);
  return session;
}

test('what waits for causes is answered when they are there, others meanwhile, and the answers are those of one go', async () => {
  const plain = await long();
  let woken = 0;
  const session = await long(() => woken++);
  const { events, messages } = session.progress()!;
  const wanted = [
    ['follow', { target: { type: 'message', id: messages - 1 } }],
    ['relation', { a: 5, b: events }],
    ['inspect', { target: { type: 'entity', index: 7 }, ordinal: events }],
    ['move', { from: 0, by: 'wave', back: false }],
  ] as const;
  const done: string[] = [];
  const waiting = wanted.map(async ([name, args]) => {
    const reply = await ask(session, name, args);
    done.push(name);
    return reply;
  });
  const frame = await ask(session, 'frame', { ordinal: 100 });
  expect(frame.ordinal).toBe(100);
  expect(done).toEqual([]);
  expect(woken).toBe(wanted.length);
  expect(session.pending()).toBe(true);
  const seen: number[] = [];
  for (let slices = 0; session.pending(); slices++) {
    session.work(500);
    const { preparing } = session.progress()!;
    if (preparing) seen.push(preparing.done / preparing.of);
    await Promise.resolve();
    expect(slices).toBeLessThan(1000);
  }
  const replies = await Promise.all(waiting);
  expect(seen.length).toBeGreaterThan(5);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.every((part) => part >= 0 && part < 1)).toBe(true);
  expect(session.progress()!.preparing).toBeUndefined();
  for (const [i, [name, args]] of wanted.entries()) expect(replies[i]).toEqual(await ask(plain, name, args));
});

test('who opens something else waits for nothing more', async () => {
  const session = await long(() => undefined);
  const waiting = ask(session, 'follow', { target: { type: 'message', id: 1 } });
  await ask(session, 'open', { scenario: 'login' });
  while (session.work(100));
  await expect(waiting).rejects.toThrow(/meanwhile/);
  expect(session.pending()).toBe(false);
});
