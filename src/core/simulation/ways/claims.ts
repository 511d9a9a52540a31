/**
 * What can be said of a comparison, in words: every sentence is made from the runs that it is about, and is true of them. `expected` says whether it
 * is what the literature leads one to expect of such ways; where it is not, the sentence says what happened instead. A claim is an entry of `CLAIMS`.
 */
import type { Claim, WayResult } from '../../../protocol/ways.ts';
import {
  federatedWhenDead,
  figure,
  keepsOrder,
  losesOrder,
  nameOf,
  orderSaid,
  percent,
  times,
  whole,
  type Definition,
} from './claim-words.ts';

const CLAIMS: readonly Definition[] = [
  keepsOrder('muc-order', 'none', 'muc', 'one room decides it'),
  losesOrder('primaries-order', 'none', 'fmuc-primaries'),
  keepsOrder('replicas-order', 'none', 'fmuc-replicas', 'the first room decides it for all'),
  keepsOrder('mix-order', 'none', 'mix', 'one channel decides it'),
  losesOrder('gossip-order', 'none', 'gossip'),
  {
    id: 'federation-cost',
    fault: 'none',
    ways: ['muc', 'fmuc-primaries'],
    say(muc, federated) {
      const ratio = figure(federated, 'stanzas') / figure(muc, 'stanzas');
      return {
        expected: ratio < 1,
        text:
          ratio < 1
            ? `Federated rooms took ${percent(1 - ratio)} fewer stanzas than one room: a message goes to each server once, not once for each of its people.`
            : `Federated rooms saved no stanzas (${times(ratio)} times those of one room): there are too few people on each server for that.`,
        because: `${whole(federated.figures['stanzas'])} and ${whole(muc.figures['stanzas'])} stanzas`,
      };
    },
  },
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
  ...(['muc', 'mix'] as const).map((way): Definition => ({
    id: `${way}-stops`,
    fault: 'server',
    ways: [way],
    say: (muc) => ({
      expected: muc.reach.during === 0,
      text:
        muc.reach.during === 0
          ? `${nameOf(muc)} stopped with its server: of what was said afterwards nobody saw anything, on whatever server they were.`
          : `${nameOf(muc)} went on for some after its server had died: people on living servers saw ${percent(muc.reach.during)} of what was said there.`,
      because: `seen by people whose servers live: ${percent(muc.reach.before)} before, ${percent(muc.reach.during)} after`,
    }),
  })),
  ...federatedWhenDead('fmuc-primaries', (during) => during > 0 && during < 1),
  ...federatedWhenDead('fmuc-replicas', (during) => during === 0),
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
          ? `The cut divided the one room: of what was said meanwhile ${percent(muc.reach.during)} was seen. ${
              (muc.reach.after ?? 1) < 1
                ? `Of what was said after it was mended, ${percent(muc.reach.after)}: the room had taken out whom it could not reach, and no client here asks whether it is still in (XEP-0410).`
                : 'After it was mended everybody was there again.'
            }`
          : 'The cut kept nothing from anybody in the one room: nothing that crosses it was said meanwhile.',
      because: `seen: ${percent(muc.reach.before)} before, ${percent(muc.reach.during)} during, ${percent(muc.reach.after)} after`,
    }),
  },
  {
    id: 'mix-cut',
    fault: 'link',
    ways: ['mix'],
    say: (mix) => ({
      expected: (mix.reach.during ?? 1) < 1 && mix.reach.after === 1,
      text:
        (mix.reach.during ?? 1) < 1
          ? `The cut divided the channel, too: of what was said meanwhile ${percent(mix.reach.during)} was seen, as no client here asks the archive for the rest. ${
              mix.reach.after === 1
                ? 'But who takes part is an account, and nobody is taken out of it: all that was said after it was mended was seen by everybody.'
                : `Of what was said after it was mended, ${percent(mix.reach.after)}.`
            }`
          : 'The cut kept nothing from anybody in the channel: nothing that crosses it was said meanwhile.',
      because: `seen: ${percent(mix.reach.before)} before, ${percent(mix.reach.during)} during, ${percent(mix.reach.after)} after`,
    }),
  },
  {
    id: 'primaries-cut',
    fault: 'link',
    ways: ['fmuc-primaries'],
    say(result) {
      const { disputed } = result.order;
      const during = result.reach.during ?? 0;
      const order = disputed > 0 ? `lost the common order: ${orderSaid(result)}` : 'nobody noticed any difference in order';
      return {
        expected: during === 1 && disputed > 0,
        text: `Primary–primary went on through the cut (${percent(during)} of what was said meanwhile was seen in the end) and ${order}.`,
        because: `seen: ${percent(result.reach.before)} before, ${percent(during)} during, ${percent(result.reach.after)} after; ${whole(disputed)} disputed pairs`,
      };
    },
  },
  {
    id: 'replicas-cut',
    fault: 'link',
    ways: ['fmuc-replicas'],
    say(result) {
      const { verdict, disputed } = result.order;
      const during = result.reach.during ?? 1;
      const stopped =
        during < 1
          ? `refused what was written in the room behind the cut: ${percent(during)} of what was said meanwhile was seen`
          : 'lost nothing: nobody wrote behind the cut meanwhile';
      return {
        expected: verdict === 'total' && during < 1,
        text: `Primary–replica ${verdict === 'total' ? 'kept one order' : `did not keep one order (${whole(disputed)} pairs disputed)`} and ${stopped}.`,
        because: `seen: ${percent(result.reach.before)} before, ${percent(during)} during, ${percent(result.reach.after)} after; ${whole(disputed)} disputed pairs`,
      };
    },
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
  ...['muc', 'fmuc-primaries', 'fmuc-replicas', 'mix', 'gossip'].map((way): Definition => ({
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
