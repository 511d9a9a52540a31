/** How claims are put together: what a definition is, numbers and orders in words, and those that several ways have in common. */
import type { Fault, WayResult } from '../../../protocol/ways.ts';
import { ways } from './index.ts';

interface Said {
  readonly text: string;
  readonly expected: boolean;
  readonly because: string;
}
export interface Definition {
  readonly id: string;
  readonly fault: Fault;
  /** All of them have to be there. */
  readonly ways: readonly string[];
  say(...results: readonly WayResult[]): Said;
}

export const percent = (share: number | null): string => (share === null ? 'nothing' : `${Math.round(1000 * share) / 10} %`);
export const whole = (value: number | null | undefined): string => (value ?? 0).toLocaleString('en');
export const times = (value: number): string => `${value >= 10 ? Math.round(value) : Math.round(10 * value) / 10}`;
export const figure = ({ figures }: WayResult, id: string): number => figures[id] ?? 0;
export const nameOf = ({ way }: WayResult): string => ways.find(({ id }) => id === way)?.title ?? way;
const number = (message: number): string => `#${message + 1}`;

/** Who disagreed first, on what; or that nobody did. */
export function orderSaid({ order }: WayResult): string {
  const { firstDispute: first, firstViolation: odd } = order;
  const dispute = first
    ? `${whole(order.disputed)} pairs of messages were seen in both orders: first ${first.one} saw ${number(first.first)} before ${number(first.second)} and ${first.other} the other way round`
    : 'no two people saw any two messages in different orders';
  const cause = odd
    ? `; ${odd.person} saw ${number(odd.effect)} before ${number(odd.cause)}, which its author had seen before writing it`
    : '';
  return dispute + cause;
}

export function keepsOrder(id: string, fault: Fault, way: string, why: string): Definition {
  return {
    id,
    fault,
    ways: [way],
    say: (result) => ({
      expected: result.order.verdict === 'total',
      text:
        result.order.verdict === 'total'
          ? `${nameOf(result)} kept one order for all: ${why}.`
          : `${nameOf(result)} lost the common order: ${orderSaid(result)}.`,
      because: `${whole(result.order.disputed)} disputed pairs, ${whole(result.order.violations)} effects before causes`,
    }),
  };
}
export function losesOrder(id: string, fault: Fault, way: string): Definition {
  return {
    id,
    fault,
    ways: [way],
    say: (result) => ({
      expected: result.order.disputed > 0,
      text:
        result.order.disputed > 0
          ? `${nameOf(result)} had no common order: ${orderSaid(result)}.`
          : `${nameOf(result)} happened to show everybody one order: nobody wrote while another message was still on its way.`,
      because: `${whole(result.order.disputed)} disputed pairs, ${whole(result.order.violations)} effects before causes`,
    }),
  };
}

export function federatedWhenDead(way: string, isExpected: (during: number) => boolean): readonly Definition[] {
  return [
    {
      id: `${way}-dead`,
      fault: 'server',
      ways: [way],
      say(result) {
        const during = result.reach.during ?? 0;
        return {
          expected: isExpected(during),
          text:
            during === 0
              ? `${nameOf(result)}: with the first room dead the others stopped, as nobody was left to put their messages in order.`
              : `${nameOf(result)}: the rooms that were left went on, each by itself, as it was the dead one that joined them; ${percent(during)} of what was said afterwards between living servers was seen.`,
          because: `seen by people whose servers live: ${percent(result.reach.before)} before, ${percent(during)} after`,
        };
      },
    },
  ];
}
