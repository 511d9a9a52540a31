/** The stamps of an event in logical time, in words. Lamport 1978; Fidge 1988, Mattern 1989. */
import type { Field, Part } from '../../protocol/parts.ts';
import { pastOf } from '../causality/past.ts';
import { orderOf } from './causes.ts';
import type { Run } from './run.ts';

const MOST = 8;
/** A past of more events takes longer to go through than a look at an event may: there it is done for two that are compared. */
const MOST_EVENTS = 1_000_000;

export function logicalTime(run: Run, ordinal: number): Part[] {
  const order = orderOf(run);
  const lamport: Field = {
    key: 'lamport',
    label: 'Lamport stamp',
    value: String(order.lamport(ordinal)),
    mono: true,
    help: 'greater than that of everything that may have caused it',
  };
  const part = (fields: readonly Field[]): Part[] => [{ type: 'fields', key: 'logical-time', title: 'Logical time', fields }];
  if (ordinal > MOST_EVENTS)
    return part([
      lamport,
      {
        key: 'vector',
        label: 'vector clock',
        value: `worked out on request behind event ${MOST_EVENTS.toLocaleString('en')}: compare it with another event`,
      },
    ]);
  const { name } = run.world.stage.entities;
  const { vector } = pastOf(order, ordinal);
  const own = order.entityOf(ordinal);
  const entries = [...vector.keys()].filter((entity) => vector[entity]! > 0 && entity !== own);
  // Those that it knows most of come first.
  const shown = entries.sort((a, b) => vector[b]! - vector[a]! || a - b).slice(0, MOST);
  const more = entries.length - shown.length;
  const text = [own, ...shown].map((entity) => `${name[entity]}: ${vector[entity]}`).join(' · ') + (more > 0 ? ` · ${more} more` : '');
  const past = vector.reduce((sum, count) => sum + count, 0) - 1;
  return part([
    lamport,
    { key: 'vector', label: 'vector clock', value: text, help: 'how many events of each entity may have influenced it, itself included' },
    {
      key: 'past',
      label: 'its past',
      value: `${past.toLocaleString('en')} of the ${(ordinal - 1).toLocaleString('en')} events before it happened before it; the others are concurrent`,
    },
  ]);
}
