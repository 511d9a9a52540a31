/** What meets when several things are out of order at once: a copy of a message shares the fate of its link. */
import { expect, test } from 'vitest';
import { serialize } from '../../../src/base/xml/codec.ts';
import { Outcome } from '../../../src/core/kernel/journal.ts';
import { messageView } from '../../../src/core/simulation/views.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import type { Intervention, MessageAct } from '../../../src/protocol/intervention.ts';
import { finished, world } from '../../support/scenes.ts';

const SCENE = 'experiment-2011';
const played = (list: readonly Intervention[], params = {}): Run => new Run(world(SCENE, { params }), list).finish();

/** The first message that is on its way after the event that follows the one which sent it. */
function underway(run: Run): { readonly id: number; readonly after: number } {
  const { journal } = run;
  for (let id = 3; ; id++) {
    const after = journal.messages.trigger.get(id) + 1;
    if (journal.arrivalOf(id) > after + 3) return { id, after };
  }
}

test('chance doubles what is sent, and a partition stops the copies too', () => {
  const side = [0, 1, 2, 3, 4, 5, 6];
  const run = played([{ after: 4, do: { type: 'partition', side } }], { duplication: 0.6 });
  const m = run.journal.messages;
  const copies = Array.from({ length: run.journal.messageCount }, (_, id) => id).filter(
    (id) => run.journal.touched.originalOf(id) !== id && m.trigger.get(id) > 5,
  );
  const crossing = copies.filter((id) => side.includes(m.from.get(id)) !== side.includes(m.to.get(id)));
  expect(crossing.length).toBeGreaterThan(0);
  expect(crossing.map((id) => m.outcome.get(id)).filter((outcome) => outcome !== Outcome.cut)).toEqual([]);
});

test.each(['duplicate', 'edit'] as const)('what a cut link has taken is not saved by: %s', (type) => {
  const plain = finished(SCENE);
  const { id, after } = underway(plain);
  const { messages: m } = plain.journal;
  const act: MessageAct = type === 'edit' ? { type, xml: serialize(plain.world.stage.stanzaOf(messageView(plain, id))) } : { type };
  const event = m.trigger.get(id);
  const target = { event, nth: id - plain.journal.sentBy(event)[0] + 1 };
  const between = [m.from.get(id), m.to.get(id)] as const;
  const run = played([
    { after, do: { type: 'cut', between } },
    { after: after + 1, do: { type: 'mend', between } },
    { after: after + 2, target, do: act },
  ]);
  const done = run.journal.touched.done[2]!;
  expect(done.found).toBe(true);
  const [copy, end] = run.journal.sentBy(done.ordinal);
  expect(end).toBe(copy + 1);
  expect(run.journal.messages.outcome.get(copy)).toBe(Outcome.cut);
});

test('what is sent by hand between two events takes as long as its link does, and so does its answer', () => {
  const plain = finished(SCENE);
  const { journal } = plain;
  const after = Array.from({ length: journal.eventCount }, (_, ordinal) => ordinal).find(
    (ordinal) => ordinal > 200 && journal.tickOf(ordinal + 1) > journal.tickOf(ordinal) + 1,
  )!;
  const { from, to } = plain.world.stage.links;
  // Both ends have the update by then, so that the answer is that it was known.
  const link = from.findIndex((_, i) => [from[i]!, to[i]!].every((node) => plain.at(after).kernel.reachedAt[node]! >= 0));
  const [entity, jid] = [from[link]!, plain.world.stage.entities.jid];
  const text = `<iq type='set' to='${jid[to[link]!]!}'><query xmlns='jabber:iq:rpc'><methodCall><methodName>gossip.push</methodName><params><param><value><i4>0</i4></value></param></params></methodCall></query></iq>`;
  const run = played([{ after, at: journal.tickOf(after) + 1, do: { type: 'inject', entity, text } }]);
  const m = run.journal.messages;
  const [id, end] = run.journal.sentBy(run.journal.touched.done[0]!.ordinal);
  expect([end, m.sent.get(id)]).toEqual([id + 1, journal.tickOf(after) + 1]);
  const answer = Array.from({ length: run.journal.messageCount }, (_, i) => i).find((i) => m.answers.get(i) === id)!;
  expect(m.due.get(answer) - m.sent.get(answer)).toBe(m.due.get(id) - m.sent.get(id));
});

test('what chance takes away comes to nothing however it was edited; a copy beside it has its own luck', () => {
  const scene = world('room-two-servers', { params: { loss: 0.4 } });
  const plain = new Run(scene).finish();
  const { journal } = plain;
  const id = Array.from({ length: journal.messageCount }, (_, i) => i).find((i) => journal.messages.outcome.get(i) === Outcome.lost)!;
  const event = journal.messages.trigger.get(id);
  const target = { event, nth: id - journal.sentBy(event)[0] + 1 };
  const xml = serialize(scene.stage.stanzaOf(messageView(plain, id)));
  const outcomeBy = (act: MessageAct): number => {
    const run = new Run(scene, [{ after: event, target, do: act }]).finish();
    return run.journal.messages.outcome.get(run.journal.sentBy(run.journal.touched.done[0]!.ordinal)[0]);
  };
  expect([outcomeBy({ type: 'edit', xml }), outcomeBy({ type: 'duplicate' })]).toEqual([Outcome.lost, Outcome.delivered]);
});
