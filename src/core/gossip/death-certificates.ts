/**
 * Death certificates: deleting an item for good. A. Demers et al., "Epidemic Algorithms for Replicated Database Maintenance", PODC 1987,
 * section 2. Every site holds the item at first; the update is its deletion, which enters at the origin as a certificate with the time of
 * the deletion and a list of `retention` sites, drawn from all. Sites compare by push-pull anti-entropy, each by its own clock; the later
 * time wins. `threshold` periods (the paper's τ1) after the activation sites discard the certificate, but those on its list keep it asleep
 * for `dormancy` periods more (τ2), in which exchanges do not show it. An obsolete copy that meets a sleeping certificate awakens it: it is
 * activated anew and spreads to all. Its own time stays as it was, so it does not cancel an item that was written after the deletion;
 * `reinstate` has the origin write one.
 *
 * A site that comes back holds the item again: its store is as it was before the run, an obsolete copy.
 *
 * As in the paper, clocks agree (times are `net.tick`, and sites read no other clock) and the list of all sites is known to who deletes.
 * Simplified: one item and one deletion; whole entries are compared, without checksums. Certificates are looked at when their site does
 * something, so they may be shown up to a period too long. Certificates that arrive after τ1 still cancel, but are no longer spread.
 * `resurrected` is the observer's: a site that has forgotten the certificate cannot know that it had the item once.
 */
import { defineGossip, EMPTY } from './contract.ts';
import { age, ASK, bury, columns, entry, hold, HOLDS, settle, shows, type Sites } from './death-certificates-store.ts';

const replies = [
  { label: 'item', why: 'This site holds the item, and what the caller has is older or nothing (§2).' },
  {
    label: 'death certificate',
    why: 'This site knows of the item’s deletion, and what the caller has is older or nothing (§2).',
    update: true,
  },
] as const;

export const deathCertificates = defineGossip({
  id: 'death-certificates',
  title: 'Death certificates',
  summary: 'Delete an item for good: certificates spread, fall asleep, and awaken when an old copy turns up',
  source: 'Demers et al., PODC 1987, §2',
  params: {
    retention: { type: 'int', min: 0, max: 100, default: 3, help: 'sites that keep the certificate asleep (the paper’s r)' },
    threshold: {
      type: 'int',
      min: 1,
      max: 100_000,
      default: 20,
      unit: 'periods',
      help: 'how long every site keeps and spreads the certificate (the paper’s τ1)',
    },
    dormancy: {
      type: 'int',
      min: 0,
      max: 100_000,
      default: 100,
      unit: 'periods',
      help: 'how much longer the retention sites keep it asleep (the paper’s τ2)',
    },
    reinstate: {
      type: 'int',
      min: 0,
      max: 100_000,
      default: 0,
      unit: 'periods',
      help: 'when the origin writes the item anew, after the deletion; 0: never',
    },
    period: { type: 'int', min: 1, max: 1_000_000, default: 1000, unit: 'ticks', help: 'ticks between two exchanges of a site' },
  },
  needs: () => [],
  many: false,
  endless: () => true,
  afterwards: (params) => (params['threshold'] as number) + (params['dormancy'] as number) + (params['reinstate'] as number) + 10,
  synchronous: () => false,
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'item',
      kind: 'push',
      update: false,
      args: [],
      data: 'time',
      why: 'Anti-entropy: this site holds the item and shows a random partner of when it is (§1.3, §2).',
      replies,
    },
    {
      name: 'certificate',
      kind: 'push',
      update: true,
      args: [],
      data: 'time, activation, retention sites',
      why: 'Anti-entropy: this site has a death certificate that is awake, and spreads it as it would an item (§2).',
      replies,
    },
    {
      name: 'ask',
      kind: 'pull',
      update: false,
      args: [],
      why: 'Anti-entropy: this site has nothing to show under this name, or only a certificate that sleeps, and asks what the partner has (§2.2).',
      replies,
    },
  ],
  timers: ['next exchange', 'the item is written anew'],
  rules: {
    'no-peer': 'This site has no peer: it can compare with nobody in this period.',
    same: 'This site has what was shown already: nothing has to go back.',
    nothing: 'This site has nothing to show under this name, or only a certificate that sleeps.',
  },
  states: [
    { id: 'holds', label: 'holds the item', look: 'hollow' },
    { id: 'active', label: 'death certificate', look: 'infective' },
    { id: 'dormant', label: 'dormant death certificate', look: 'online' },
    { id: 'forgotten', label: 'deleted and forgotten', look: 'removed' },
    { id: 'resurrected', label: 'resurrected', look: 'active' },
    { id: 'reinstated', label: 'holds the new item', look: 'hollow' },
  ],
  state: columns,
  shown: (s, node) => (s.has[node] !== HOLDS ? s.has[node]! : s.time[node]! > 0 ? 5 : s.removed[node] === 1 ? 4 : 0),
  reached: 'Sites that removed the item',

  start(net) {
    for (let node = 0; node < net.nodes; node++) net.later(node, net.below(node, net.period), 0);
  },
  onUp(net, node) {
    net.later(node, net.below(node, net.period), 0);
  },
  onUpdate(net, node) {
    const now = net.tick + 1;
    bury(net, node, [now, now, ...drawn(net, node)]);
    const reinstate = net.params['reinstate'] as number;
    if (reinstate > 0) net.later(node, reinstate * net.period, 1);
  },
  onTimer(net, node, code) {
    if (code === 1) {
      hold(net, node, net.tick + 1);
      return;
    }
    age(net, node);
    const peer = net.randomPeer(node);
    if (peer < 0) net.idle(node, 'no-peer');
    else net.call(node, peer, shows(net, node), 0, 0, 0, entry(net, node));
    net.nextRound(node, 0);
  },
  onCall(net, node, method) {
    age(net, node);
    if (method !== ASK && !settle(net, node, method, net.data)) return EMPTY;
    const reply = shows(net, node);
    if (reply === ASK) {
      net.idle(node, 'nothing');
      return EMPTY;
    }
    net.attach(entry(net, node));
    return reply;
  },
  onReply(net, node, _method, reply, _token, from) {
    age(net, node);
    if (!settle(net, node, reply, net.data)) return;
    // What came back is older than what this site has by now, such as a certificate that it awakened.
    const peer = net.peerTo(node, from);
    if (peer >= 0) net.call(node, peer, shows(net, node), 0, 0, 0, entry(net, node));
  },
});

/** The retention sites, drawn from all, every set as likely (R. W. Floyd's sampling, CACM 30, 1987). */
function drawn(net: Sites, node: number): number[] {
  const chosen = new Set<number>();
  const wanted = Math.min(net.params['retention'] as number, net.nodes);
  for (let i = net.nodes - wanted; i < net.nodes; i++) {
    const j = net.below(node, i + 1);
    chosen.add(chosen.has(j) ? i : j);
  }
  return [...chosen];
}
