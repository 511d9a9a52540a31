/** How a SWIM member comes to its beliefs: probes that fail, news that it hears, suspicions whose time is over. */
import { ALIVE, believe, decode, FAILED, nextIncarnation, nextLife, overrides, SUSPECT, type Swim } from './swim-table.ts';

/** Timer of a suspicion; its argument names the member and the number that was suspected. */
export const EXPIRED = 2;
const NUMBERS = 65_536;

/** A probe without an answer until the end of its period (§3.1; with suspicion §4.2). */
export function unanswered(net: Swim, node: number, member: number): void {
  const s = net.state;
  const at = node * net.nodes + member;
  if (s.failures[node]! < 65_535) s.failures[node]!++;
  if (s.status[at] === ALIVE) take(net, node, member, net.params['suspicion'] === 0 ? FAILED : SUSPECT, s.number[at]!);
}

/** The time of a suspicion is over. */
export function expired(net: Swim, node: number, argument: number): void {
  const number = argument % NUMBERS;
  const member = (argument - number) / NUMBERS;
  const at = node * net.nodes + member;
  if (net.state.status[at] === SUSPECT && net.state.number[at] === number) take(net, node, member, FAILED, number);
  else net.idle(node, 'cleared');
}

/** Believes and sends along; a suspicion has its time. */
function take(net: Swim, node: number, member: number, status: number, number: number): void {
  believe(net, node, member, status, number);
  if (status === SUSPECT) giveTime(net, node, member, number);
  measure(net, node);
}

function giveTime(net: Swim, node: number, member: number, number: number): void {
  net.later(node, (net.params['suspicion'] as number) * net.period, EXPIRED, member * NUMBERS + number);
}

/** Takes in what the message at hand carries. */
export function hear(net: Swim, node: number): void {
  for (const piece of net.data) {
    const { member, status, number } = decode(piece);
    const at = node * net.nodes + member;
    const [oldStatus, oldNumber] = [net.state.status[at]!, net.state.number[at]!];
    if (!overrides(status, number, oldStatus, oldNumber)) continue;
    if (member !== node || status === ALIVE) take(net, node, member, status, number);
    else if (status === SUSPECT) {
      // A member that hears itself suspected refutes it by a higher incarnation number (§4.2).
      const higher = nextIncarnation(number);
      if (higher !== number) believe(net, node, node, ALIVE, higher);
    }
  }
}

/** What it was told says which life the others know it by: it begins the next one. */
export function comeBack(net: Swim, node: number): void {
  const s = net.state;
  if (s.joining[node] === 0) return;
  s.joining[node] = 0;
  let known = 0;
  for (const piece of net.data) {
    const { member, status, number } = decode(piece);
    if (member === node) known = number;
    else {
      s.status[node * net.nodes + member] = status;
      s.number[node * net.nodes + member] = number;
      if (status === SUSPECT) giveTime(net, node, member, number);
    }
  }
  const number = nextLife(known);
  if (number < 0) net.idle(node, 'no-lives');
  else believe(net, node, node, ALIVE, number);
  measure(net, node);
}

/** Only for measuring: a confirmation from before the crash counts from then on. */
export function measure(net: Swim, node: number): void {
  const watched = net.state.watched[node]! - 1;
  if (watched >= 0 && net.state.status[node * net.nodes + watched] === FAILED && !net.isUp(watched)) net.learned(node);
}
