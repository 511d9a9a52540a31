/**
 * What can be said of a comparison, in words: every sentence is made from the runs that it is about, and is true of them. `expected` says whether it
 * is what the literature leads one to expect of such ways; where it is not, the sentence says what happened instead. A claim is an entry of `CLAIMS`.
 */
import type { Claim, Fault, WayResult } from '../../../protocol/ways.ts';
import { ways } from './index.ts';

interface Said {
  readonly text: string;
  readonly expected: boolean;
  readonly because: string;
}
interface Definition {
  readonly id: string;
  readonly fault: Fault;
  /** All of them have to be there. */
  readonly ways: readonly string[];
  say(...results: readonly WayResult[]): Said;
}

const percent = (share: number | null): string => (share === null ? 'nothing' : `${Math.round(1000 * share) / 10} %`);
const whole = (value: number | null | undefined): string => (value ?? 0).toLocaleString('en');
const times = (value: number): string => `${value >= 10 ? Math.round(value) : Math.round(10 * value) / 10}`;
const figure = ({ figures }: WayResult, id: string): number => figures[id] ?? 0;
const nameOf = ({ way }: WayResult): string => ways.find(({ id }) => id === way)?.title ?? way;
const number = (message: number): string => `#${message + 1}`;

/** Who disagreed first, on what; or that nobody did. */
function orderSaid({ order }: WayResult): string {
  const { firstDispute: first, firstViolation: odd } = order;
  const dispute = first
    ? `${whole(order.disputed)} pairs of messages were seen in both orders: first ${first.one} saw ${number(first.first)} before ${number(first.second)} and ${first.other} the other way round`
    : 'no two people saw any two messages in different orders';
  const cause = odd
    ? `; ${odd.person} saw ${number(odd.effect)} before ${number(odd.cause)}, which its author had seen before writing it`
    : '';
  return dispute + cause;
}

function keepsOrder(id: string, fault: Fault, way: string, why: string): Definition {
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
function losesOrder(id: string, fault: Fault, way: string): Definition {
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

const CLAIMS: readonly Definition[] = [
  keepsOrder('muc-order', 'none', 'muc', 'one room decides it'),
  losesOrder('gossip-order', 'none', 'gossip'),
  {
    id: 'cost',
    fault: 'none',
    ways: ['muc', 'gossip'],
    say(muc, gossip) {
      const ratio = figure(gossip, 'stanzas') / figure(muc, 'stanzas');
      const more = ratio >= 1;
      return {
        expected: more,
        text: `${nameOf(gossip)} took ${times(more ? ratio : 1 / ratio)} times ${more ? 'the stanzas of' : 'fewer stanzas than'} one room: each of its calls goes up to a server, over to another, down to a client, and its result all the way back.`,
        because: `${whole(gossip.figures['stanzas'])} and ${whole(muc.figures['stanzas'])} stanzas`,
      };
    },
  },
  {
    id: 'burden',
    fault: 'none',
    ways: ['muc'],
    say(muc) {
      const all = muc.servers.reduce((sum, { stanzas }) => sum + stanzas, 0);
      const [busiest, ...others] = muc.servers.toSorted((a, b) => b.stanzas - a.stanzas);
      const share = busiest!.stanzas / all;
      const isRooms = busiest!.name === muc.servers[0]!.name;
      return {
        expected: isRooms,
        text: isRooms
          ? `With one room, its server did ${percent(share)} of all servers’ work, and the next busiest ${percent((others[0]?.stanzas ?? 0) / all)}.`
          : `With one room, not its own server but ${busiest!.name} was the busiest, with ${percent(share)} of all servers’ work.`,
        because: muc.servers.map(({ name, stanzas }) => `${name} ${whole(stanzas)}`).join(', '),
      };
    },
  },
  {
    id: 'serverless-cost',
    fault: 'none',
    ways: ['gossip', 'direct'],
    say(gossip, direct) {
      const ratio = figure(gossip, 'stanzas') / figure(direct, 'stanzas');
      return {
        expected: ratio > 1,
        text: `The servers between its clients cost gossip ${times(ratio)} times the stanzas of the same algorithm without any.`,
        because: `${whole(gossip.figures['stanzas'])} and ${whole(direct.figures['stanzas'])} stanzas`,
      };
    },
  },
  {
    id: 'muc-stops',
    fault: 'server',
    ways: ['muc'],
    say: (muc) => ({
      expected: muc.reach.during === 0,
      text:
        muc.reach.during === 0
          ? 'One room stopped with its server: of what was said afterwards nobody saw anything, on whatever server they were.'
          : `One room went on for some after its server had died: people on living servers saw ${percent(muc.reach.during)} of what was said there.`,
      because: `seen by people whose servers live: ${percent(muc.reach.before)} before, ${percent(muc.reach.during)} after`,
    }),
  },
  {
    id: 'gossip-goes-on',
    fault: 'server',
    ways: ['gossip'],
    say(gossip) {
      const during = gossip.reach.during ?? 0;
      const left = figure(gossip, 'missedConnected');
      return {
        expected: during > 0.9,
        text: `Gossip went on without the dead server: between people whose servers live ${percent(during)} of what was said afterwards came through${left > 0 ? `; ${whole(left)} ${left === 1 ? 'message that was' : 'messages that were'} due to somebody did not` : ''}.`,
        because: `missed by all ${whole(gossip.figures['missed'])}, between living servers ${whole(left)}`,
      };
    },
  },
  {
    id: 'serverless-unharmed',
    fault: 'server',
    ways: ['direct'],
    say: (direct) => ({
      expected: figure(direct, 'missed') === 0,
      text:
        figure(direct, 'missed') === 0
          ? 'Without servers nobody noticed: nothing was missed.'
          : `Without servers ${whole(direct.figures['missed'])} messages were missed all the same: the algorithm’s own doing.`,
      because: `${whole(direct.figures['missed'])} missed`,
    }),
  },
  {
    id: 'muc-cut',
    fault: 'link',
    ways: ['muc'],
    say: (muc) => ({
      expected: (muc.reach.during ?? 1) < 1,
      text:
        (muc.reach.during ?? 1) < 1
          ? `The cut divided the one room: of what was said meanwhile ${percent(muc.reach.during)} was seen. After it was mended, ${percent(muc.reach.after)}: whoever the room had taken out stayed out, as nobody told them.`
          : 'The cut kept nothing from anybody in the one room: nothing that crosses it was said meanwhile.',
      because: `seen: ${percent(muc.reach.before)} before, ${percent(muc.reach.during)} during, ${percent(muc.reach.after)} after`,
    }),
  },
  {
    id: 'gossip-cut',
    fault: 'link',
    ways: ['gossip'],
    say: (gossip) => ({
      expected: (gossip.reach.during ?? 0) > 0.9,
      text: `Gossip went around the cut, by people on other servers: ${percent(gossip.reach.during)} of what was said meanwhile was seen in the end.`,
      because: `seen: ${percent(gossip.reach.before)} before, ${percent(gossip.reach.during)} during, ${percent(gossip.reach.after)} after`,
    }),
  },
  ...['muc', 'gossip'].map((way): Definition => ({
    id: `${way}-leave`,
    fault: 'leave',
    ways: [way],
    say: (result) => ({
      expected: figure(result, 'missed') === 0,
      text:
        figure(result, 'missed') === 0
          ? `${nameOf(result)}: when a tenth left, those who stayed missed nothing.`
          : `${nameOf(result)}: when a tenth left, those who stayed missed ${whole(result.figures['missed'])} messages.`,
      because: `${whole(result.figures['missed'])} missed, ${percent(result.reach.during)} of what was said afterwards was seen`,
    }),
  })),
];

/** Of all ways, who lost the least when the server died, and at what cost. */
function leastLost(results: readonly WayResult[]): Claim | undefined {
  const hit = results.filter(({ fault, servers }) => fault === 'server' && servers.length > 0);
  const star = hit.find(({ way }) => way === 'muc');
  const best = hit.toSorted((a, b) => figure(a, 'missed') - figure(b, 'missed') || figure(a, 'stanzas') - figure(b, 'stanzas'))[0];
  if (!star || !best || hit.length < 2) return undefined;
  const quiet = (way: string): WayResult | undefined =>
    results.find((one) => one.way === way && one.fault === 'none') ?? hit.find((one) => one.way === way);
  const ratio = figure(quiet(best.way)!, 'stanzas') / figure(quiet('muc')!, 'stanzas');
  return {
    id: 'least-lost',
    fault: 'server',
    ways: hit.map(({ way }) => way),
    expected: best.way !== 'muc',
    text: `Of the ways through servers ${nameOf(best)} lost the least when the room’s server died (${percent(figure(best, 'missedShare') / 100)}, one room ${percent(figure(star, 'missedShare') / 100)}), and costs ${times(ratio)} times the stanzas of one room.`,
    because: hit.map((one) => `${one.way} ${whole(one.figures['missed'])} missed`).join(', '),
  };
}

/** Those whose runs are there. */
export function claimsOf(results: readonly WayResult[]): readonly Claim[] {
  const said = CLAIMS.flatMap(({ id, fault, ways, say }): Claim[] => {
    const mine = ways.map((way) => results.find((one) => one.way === way && one.fault === fault));
    return mine.every((one) => one !== undefined) ? [{ id, fault, ways, ...say(...mine) }] : [];
  });
  const least = leastLost(results);
  return least ? [...said, least] : said;
}
