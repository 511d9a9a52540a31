/** Messages that stand beside another one, or in its place: by hand, or by the chance of a network. */
import type { Disturbances } from './disturbances.ts';
import type { Kernel } from './kernel.ts';
import { ARRIVAL, type PendingEvent } from './queue.ts';

/** Another message like this one, from the same sender. @param bytes of its XML, where it is another one. @returns its row. */
export function repeat(kernel: Kernel, event: PendingEvent, due: number, rule: string, bytes?: number): number {
  const { queue, journal } = kernel;
  const id = kernel.messages++;
  kernel.inFlight++;
  const disturbed = kernel.disturb();
  disturbed.originals.set(id, kernel.originalOf(event.id));
  disturbed.passOn(event.id, id, true);
  const { link, to, from, kind, code, a, b, answers, stanza, data } = event;
  const slot = queue.schedule(due, ARRIVAL, link, to, from, kind, code, a, b, id, answers);
  if (stanza !== undefined || data !== undefined) queue.carry(slot, stanza, data);
  queue.tookIs(slot, event.took);
  kernel.program.repeated?.(event.id, id);
  if (journal) {
    const size = stanza === undefined ? kernel.program.bytes(kernel, slot) : (bytes ?? journal.bytesOfCopy(id, event.id));
    journal.addMessage(queue, slot, kernel.tick, due, kernel.ordinal, size, rule, event.id);
    journal.addCopy(id, event.id, size);
  }
  return id;
}
/** What is out of order touches a message that was just put into the queue's slot. */
export function disturbSent(
  kernel: Kernel,
  disturbed: Disturbances,
  slot: number,
  id: number,
  delay: number,
  takes: number,
  bytes?: number,
): void {
  const { queue } = kernel;
  if (takes !== delay) queue.tookIs(slot, delay);
  const [from, to, kind] = [queue.from(slot), queue.to(slot), queue.kind(slot)];
  if (!disturbed.sent(id, from, to, kind).twice) return;
  const event = { tick: 0, stanza: queue.stanza[slot], data: queue.data[slot], priority: 0, type: ARRIVAL, to, from, kind, id };
  const rest = { link: queue.link(slot), code: queue.code(slot), a: queue.a(slot), b: queue.b(slot), answers: queue.answers(slot) };
  repeat(kernel, { ...event, ...rest, took: delay }, kernel.tick + takes, 'fault/duplicated', bytes);
}
