/**
 * SWIM: membership by probing one member a period. A. Das, I. Gupta, A. Motivala, "SWIM: Scalable Weakly-consistent
 * Infection-style Process Group Membership Protocol", DSN 2002: failure detector with ping and ping-req (section 3.1),
 * news of members carried along by its messages (4.1), suspicion and incarnation numbers (4.2), round-robin probing
 * (4.3). `suspicion` 0 is the protocol without suspicion, `probing` random that of section 3.1.
 *
 * Every member knows all others from the beginning and may call each. A table of n × n entries keeps what they believe, so
 * that there are at most 3000 nodes. An answer counts until the end of the period, as in the paper. Only a member itself
 * refutes a suspicion, by a higher incarnation number; that a suspect answers a ping says nothing to others. One that
 * learns of its own confirmation goes on, but nobody probes it any more. Joining is open in the paper: here a member that
 * comes back after a crash asks any other for its table and takes the number of a new life (`swim-table.ts`).
 *
 * So that there is something to detect, one member crashes `crashAfter` periods after the run's update has entered; a node
 * counts as reached once it has confirmed that failure. Which member that is, is known for measuring only.
 */
import { defineGossip, EMPTY } from './contract.ts';
import { comeBack, EXPIRED, expired, hear, measure, unanswered } from './swim-beliefs.ts';
import { news, schema, whole, type Swim } from './swim-table.ts';
import { helper, nextTarget } from './swim-targets.ts';

const [PING, PING_REQ, PING_FOR, ACK_FOR, ACK, JOIN] = [0, 1, 2, 3, 4, 5];
const [PERIOD, WAITED] = [0, 1];
const carries = { update: 'data', data: 'news' } as const;

export const swim = defineGossip({
  id: 'swim',
  title: 'SWIM',
  summary: 'Failure detection by random probes, news carried along, suspicion',
  source: 'Das, Gupta, Motivala, DSN 2002',
  params: {
    period: {
      type: 'int',
      min: 4,
      max: 10_000_000,
      default: 6000,
      unit: 'ticks',
      help: 'ticks of a protocol period; the paper asks for three round trips',
    },
    wait: {
      type: 'int',
      min: 1,
      max: 10_000_000,
      default: 2000,
      unit: 'ticks',
      help: 'ticks that a ping may stay unanswered before others are asked to ping',
    },
    helpers: { type: 'int', min: 0, max: 100, default: 3, help: 'members that are asked to ping one that did not answer (k of the paper)' },
    suspicion: {
      type: 'int',
      min: 0,
      max: 10_000,
      default: 10,
      unit: 'periods',
      help: 'periods for which a suspect may clear itself, about 3·log n; 0: no suspicion',
    },
    probing: {
      type: 'choice',
      options: ['round-robin', 'random'],
      default: 'round-robin',
      help: 'whom to probe next: all in turn, in an order shuffled anew each time; or any',
    },
    clocks: {
      type: 'choice',
      options: ['own', 'common'],
      default: 'own',
      help: 'periods begin at a moment of each node’s own, or at the same one for all',
    },
    lambda: { type: 'number', min: 0.1, max: 20, default: 3, help: 'a piece of news is carried by λ · ln n messages of each node' },
    carried: { type: 'int', min: 1, max: 1000, default: 8, help: 'pieces of news that a message carries at most' },
    crashAfter: {
      type: 'int',
      min: 0,
      max: 1_000_000,
      default: 5,
      unit: 'periods',
      help: 'when one member crashes, so that there is something to detect; 0: none does',
    },
  },
  needs: () => ['fullMembership'],
  many: false,
  endless: () => true,
  synchronous: () => false,
  period: (params) => params['period'] as number,
  methods: [
    {
      name: 'ping',
      kind: 'digest',
      ...carries,
      args: [],
      why: 'Once a period a member probes one other (§3.1); what is new about members rides along (§4.1).',
      replies: [{ label: 'ack', update: 'data', why: 'The probed member is up and says so, with what is new to it.' }],
    },
    {
      name: 'ping-req',
      kind: 'pull',
      ...carries,
      args: ['member'],
      why: 'The probed member has not answered in time: k others are asked to ping it, as the way to it may be what failed (§3.1).',
    },
    { name: 'ping-for', kind: 'digest', ...carries, args: ['asker'], why: 'A member pings another because it was asked to (§3.1).' },
    {
      name: 'ack-for',
      kind: 'push',
      ...carries,
      args: ['asker'],
      why: 'A member that was pinged for somebody else answers whoever pinged it (§3.1).',
    },
    {
      name: 'ack',
      kind: 'push',
      ...carries,
      args: ['member'],
      why: 'A member hands on the answer that it got for the one that asked (§3.1).',
    },
    {
      name: 'join',
      kind: 'pull',
      update: false,
      args: [],
      why: 'A member that comes back asks another what it knows of all members. The paper leaves joining open.',
      replies: [
        { label: 'table', update: 'data', why: 'All that is not as at the beginning: who is suspected, failed, or has raised its number.' },
      ],
    },
  ],
  timers: ['next period', 'no answer yet', 'suspicion over'],
  rules: {
    alone: 'This member believes that all others have failed: there is nobody to probe.',
    'no-lives': 'This member has come back so often that its numbers are used up: it stays away.',
    answered: 'The probed member answered in time: nobody else has to ping it.',
    cleared: 'The suspicion was overridden before its time was over, by an answer of its member or by a confirmation.',
  },
  states: [
    { id: 'believes', label: 'believes it alive', look: 'hollow' },
    { id: 'suspects', label: 'suspects it', look: 'active' },
    { id: 'confirmed', label: 'knows that it failed', look: 'infective' },
  ],
  state: schema,
  shown: (s, node, { nodes }) => (s.watched[node]! > 0 ? s.status[node * nodes + s.watched[node]! - 1]! : 0),
  reached: 'confirmed the crash',

  start(net) {
    const common = net.params['clocks'] === 'common';
    for (let node = 0; node < net.nodes; node++) if (net.isUp(node)) net.later(node, common ? 0 : net.below(node, net.period), PERIOD);
  },
  onUpdate(net, origin) {
    const after = net.params['crashAfter'] as number;
    if (after === 0 || net.nodes < 2) return;
    const drawn = net.below(origin, net.nodes - 1);
    const victim = drawn < origin ? drawn : drawn + 1;
    net.state.watched.fill(victim + 1);
    net.crash(victim, after * net.period);
  },
  onTimer(net, node, code, argument) {
    if (code === PERIOD) onPeriod(net, node);
    else if (code === WAITED) onWaited(net, node);
    else if (code === EXPIRED) expired(net, node, argument);
  },
  onCall(net, node, method, a, _b, from) {
    if (method === JOIN) {
      net.attach(whole(net, node));
      return 0;
    }
    hear(net, node);
    if (method === PING) {
      net.attach(news(net, node));
      return 0;
    }
    if (method === PING_REQ) tell(net, node, a, PING_FOR, from);
    else if (method === PING_FOR) tell(net, node, from, ACK_FOR, a);
    else if (method === ACK_FOR) tell(net, node, a, ACK, from);
    else if (net.state.target[node] === a + 1) net.state.answered[node] = 1;
    return EMPTY;
  },
  onReply(net, node, method, _reply, _token, from) {
    if (method === JOIN) comeBack(net, node);
    else {
      hear(net, node);
      if (net.state.target[node] === from + 1) net.state.answered[node] = 1;
    }
  },
  onUp(net, node) {
    const other = net.state.watched.findIndex((member) => member > 0);
    if (other >= 0) net.state.watched[node] = net.state.watched[other]!;
    net.state.joining[node] = 1;
    net.later(node, 0, PERIOD);
  },
});

function tell(net: Swim, node: number, to: number, method: number, a: number): void {
  const peer = net.peerTo(node, to);
  if (peer >= 0) net.cast(node, peer, method, a, 0, news(net, node));
}

/** The period before ends with a verdict, and the next member is probed. */
function onPeriod(net: Swim, node: number): void {
  const s = net.state;
  net.nextRound(node, PERIOD);
  if (s.joining[node] === 1) {
    const peer = net.peerTo(node, (node + 1 + net.below(node, Math.max(1, net.nodes - 1))) % net.nodes);
    if (peer >= 0) net.call(node, peer, JOIN, 0, 0, 0);
    return;
  }
  const last = s.target[node]! - 1;
  if (last >= 0 && s.answered[node] === 0) unanswered(net, node, last);
  measure(net, node);
  const next = nextTarget(net, node);
  s.target[node] = next + 1;
  s.answered[node] = 0;
  if (next < 0) {
    net.idle(node, 'alone');
    return;
  }
  net.call(node, net.peerTo(node, next), PING, 0, 0, 0, news(net, node));
  if ((net.params['helpers'] as number) > 0) net.later(node, Math.min(net.params['wait'] as number, net.period - 1), WAITED);
}

function onWaited(net: Swim, node: number): void {
  const target = net.state.target[node]! - 1;
  if (target < 0 || net.state.answered[node] === 1) {
    net.idle(node, 'answered');
    return;
  }
  const asked: number[] = [];
  for (let i = net.params['helpers'] as number; i > 0; i--) {
    const member = helper(net, node, target, asked);
    if (member < 0) break;
    asked.push(member);
    tell(net, node, member, PING_REQ, target);
  }
}
