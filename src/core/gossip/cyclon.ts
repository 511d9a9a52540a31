/**
 * CYCLON, a peer sampling service. S. Voulgaris, D. Gavidia and M. van Steen, "CYCLON: Inexpensive Membership Management for
 * Unstructured P2P Overlays", Journal of Network and Systems Management 13, 2005: the enhanced shuffle (section 2.3) with ages, and
 * joining by random walks (section 2.4). Every node keeps a bounded view of others and once a period swaps some entries with
 * the one that it has known longest. Who does not answer within a period is dropped.
 *
 * Simplified: a node remembers what it handed away in its latest shuffle only, so a reply that comes after the next one began fills
 * empty places. Nodes come in one after another within the first periods, each through a random one that came before it.
 */
import { defineGossip, EMPTY, slots, view, type Data, type Net, type Size } from './contract.ts';

const SHUFFLE = 0;
const JOIN = 1;
const WALK = 2;
const GIVE = 3;
const TURN = 0;
const ENTER = 1;
/** Steps of the walk by which a newcomer's place is found: about the diameter of such an overlay. */
const WALK_STEPS = 5;
/** Periods within which all nodes have come in. */
const ENTRY_PERIODS = 5;

const width = (size: Size): number => size.params['view'] as number;
const columns = {
  /** Entries stand at the front; how many there are, and how old each is, in periods. */
  entries: view(width),
  ages: slots('u16', width),
  count: 'u16',
  /** What was handed away in the latest shuffle: those places may be filled. */
  away: view((size) => size.params['shuffle'] as number),
} as const;
type Cyclon = Net<typeof columns>;

export const cyclon = defineGossip({
  id: 'cyclon',
  title: 'CYCLON',
  summary: 'Membership: bounded random views, shuffled with the oldest acquaintance',
  source: 'Voulgaris, Gavidia and van Steen, JNSM 13, 2005, §2.3–2.4',
  params: {
    view: { type: 'int', min: 2, max: 200, default: 20, help: 'how many others a node knows' },
    shuffle: { type: 'int', min: 1, max: 100, default: 8, help: 'entries that are swapped at a time' },
    period: { type: 'int', min: 4, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks between two shuffles of a node' },
  },
  needs: () => ['fullMembership'],
  many: false,
  endless: () => true,
  synchronous: () => false,
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'shuffle',
      kind: 'digest',
      update: false,
      args: [],
      data: 'entries',
      why: 'A node swaps entries with the one that it has known longest: it sends some of its own, itself among them as brand new (§2.3, steps 1–4).',
      replies: [{ label: 'entries', why: 'The other one answers with as many of its own entries, chosen at random (§2.3, step 5).' }],
    },
    { name: 'join', kind: 'pull', update: false, args: [], why: 'A newcomer asks somebody it knows of to let it in (§2.4).' },
    {
      name: 'walk',
      kind: 'push',
      update: false,
      args: ['newcomer', 'steps'],
      why: 'A random walk looks for a node that takes the newcomer into its view, so that its acquaintances are a random sample (§2.4).',
    },
    {
      name: 'give',
      kind: 'push',
      update: false,
      args: ['node', 'age'],
      why: 'The end of the walk took the newcomer in, and gives it the entry that had to go for that (§2.4).',
    },
  ],
  timers: ['shuffles', 'comes in'],
  rules: { alone: 'This node knows nobody: there is no one to shuffle with.' },
  states: [
    { id: 'outside', label: 'outside', look: 'hollow' },
    { id: 'inside', label: 'has a view', look: 'active' },
  ],
  reached: 'Nodes with a view',
  state: columns,
  shown: (s, node) => (s.count[node]! > 0 ? 1 : 0),

  start(net) {
    const gap = (ENTRY_PERIODS * net.period) / net.nodes;
    for (let node = 0; node < net.nodes; node++) {
      if (node > 0) net.later(node, Math.floor(node * gap), ENTER);
      net.later(node, net.below(node, net.period), TURN);
    }
  },
  onUp(net, node) {
    net.later(node, 0, ENTER);
    net.later(node, net.below(node, net.period), TURN);
  },
  onUpdate: (net, node) => net.learned(node),
  onTimer(net, node, code) {
    if (code === ENTER) {
      if (net.nodes === 1) return;
      // Through one that came before; whoever comes back knows anybody.
      const door = node > 0 && net.round <= ENTRY_PERIODS ? net.below(node, node) : (node + 1 + net.below(node, net.nodes - 1)) % net.nodes;
      net.call(node, net.peerTo(node, door), JOIN, 0, 0, 0);
      return;
    }
    turn(net, node);
    net.nextRound(node, TURN);
  },
  onCall(net, node, method, a, b, from) {
    if (method === SHUFFLE) {
      const received = net.data;
      const chosen = choose(net, node, net.params['shuffle'] as number, -1);
      net.attach(chosen.flatMap((i) => entryAt(net, node, i)));
      const handed = chosen.map((i) => net.state.entries[node * width(net) + i]!);
      merge(net, node, received, handed);
      return 0;
    }
    if (method === JOIN) {
      const walks = width(net);
      if (net.state.count[node] === 0) welcome(net, node, from);
      else for (let i = 0; i < walks; i++) step(net, node, from, WALK_STEPS);
    } else if (method === WALK) step(net, node, a, b);
    else if (method === GIVE) merge(net, node, [a, b], []);
    return EMPTY;
  },
  onReply(net, node, method) {
    if (method !== SHUFFLE) return;
    const l = net.params['shuffle'] as number;
    merge(net, node, net.data, Array.from(net.state.away.subarray(node * l, (node + 1) * l)));
    net.state.away.fill(0, node * l, (node + 1) * l);
  },
  /** The one that did not answer was taken out when it was asked. */
  onTimeout(net, node) {
    if (net.state.count[node] === 0) net.later(node, 0, ENTER);
  },
  membership: {
    count: (s, node) => s.count[node]!,
    at: (s, node, i, size) => s.entries[node * width(size) + i]! - 1,
    warmup: () => 25,
  },
});

const entryAt = (net: Cyclon, node: number, i: number): Data => {
  const at = node * width(net) + i;
  return [net.state.entries[at]! - 1, net.state.ages[at]!];
};
function place(net: Cyclon, node: number, other: number): number {
  const at = node * width(net);
  for (let i = 0; i < net.state.count[node]!; i++) if (net.state.entries[at + i] === other + 1) return i;
  return -1;
}
function put(net: Cyclon, node: number, i: number, other: number, age: number): void {
  const s = net.state;
  const at = node * width(net) + i;
  if (i === s.count[node]) s.count[node]!++;
  else net.peerDown(node, s.entries[at]! - 1);
  s.entries[at] = other + 1;
  s.ages[at] = age;
  net.learned(node);
  net.peerUp(node, other);
}
function remove(net: Cyclon, node: number, i: number): void {
  const s = net.state;
  const first = node * width(net);
  const last = first + --s.count[node]!;
  const gone = s.entries[first + i]! - 1;
  s.entries[first + i] = s.entries[last]!;
  s.ages[first + i] = s.ages[last]!;
  s.entries[last] = s.ages[last] = 0;
  net.peerDown(node, gone);
}
/** So many different places of the view, at random; `without` is none of them. */
function choose(net: Cyclon, node: number, count: number, without: number): number[] {
  const all = Array.from({ length: net.state.count[node]! }, (_, i) => i).filter((i) => i !== without);
  for (let i = 0; i < Math.min(count, all.length); i++) {
    const j = i + net.below(node, all.length - i);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}

/** §2.3, steps 1 to 4. */
function turn(net: Cyclon, node: number): void {
  const s = net.state;
  const first = node * width(net);
  const count = s.count[node]!;
  if (count === 0) {
    net.idle(node, 'alone');
    return;
  }
  let oldest = 0;
  for (let i = 0; i < count; i++) {
    s.ages[first + i]!++;
    if (s.ages[first + i]! > s.ages[first + oldest]!) oldest = i;
  }
  const l = net.params['shuffle'] as number;
  const partner = s.entries[first + oldest]! - 1;
  const others = choose(net, node, l - 1, oldest);
  s.away.fill(0, node * l, (node + 1) * l);
  others.forEach((i, k) => (s.away[node * l + k] = s.entries[first + i]!));
  const sent = [node, 0, ...others.flatMap((i) => entryAt(net, node, i))];
  remove(net, node, oldest);
  net.call(node, net.peerTo(node, partner), SHUFFLE, 0, 0, net.period, sent);
}

/** §2.3, steps 6 and 7: entries of oneself and of those known are left out; the rest goes into empty places, then into those of what was handed away. */
function merge(net: Cyclon, node: number, received: Data, handed: readonly number[]): void {
  const s = net.state;
  const replaceable = handed.filter((entry) => entry > 0);
  for (let k = 0; k < received.length; k += 2) {
    const [other, age] = [received[k]!, received[k + 1]!];
    if (other === node || place(net, node, other) >= 0) continue;
    if (s.count[node]! < width(net)) {
      put(net, node, s.count[node]!, other, age);
      continue;
    }
    let i = -1;
    while (i < 0 && replaceable.length > 0) i = place(net, node, replaceable.shift()! - 1);
    if (i < 0) return;
    put(net, node, i, other, age);
  }
}

/** One step of a newcomer's walk; where it ends, the newcomer takes the place of a random entry, and gets that entry. */
function step(net: Cyclon, node: number, newcomer: number, left: number): void {
  const s = net.state;
  const count = s.count[node]!;
  if (left > 0 && count > 0) {
    const next = s.entries[node * width(net) + net.below(node, count)]! - 1;
    net.cast(node, net.peerTo(node, next), WALK, newcomer, left - 1);
  } else welcome(net, node, newcomer);
}
function welcome(net: Cyclon, node: number, newcomer: number): void {
  if (newcomer === node || place(net, node, newcomer) >= 0) return;
  const s = net.state;
  const count = s.count[node]!;
  const way = net.peerTo(node, newcomer);
  if (count < width(net)) {
    put(net, node, count, newcomer, 0);
    net.cast(node, way, GIVE, node, 0);
    return;
  }
  const i = net.below(node, count);
  const [given, age] = entryAt(net, node, i) as readonly [number, number];
  put(net, node, i, newcomer, 0);
  net.cast(node, way, GIVE, given, age);
}
