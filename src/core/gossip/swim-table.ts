/**
 * What a SWIM member believes of every other: status, incarnation number, and how often the news still is to be sent
 * along. Rules of what overrides what: Das, Gupta, Motivala, DSN 2002, section 4.2. Beyond the paper, whose members are
 * gone for good once confirmed as failed: the upper bits of a number count how often a member has come back, which
 * stands for the new identity that it would have there; news of a later life overrides all of an earlier one.
 */
import { ln } from '../../base/math.ts';
import { InputError } from '../../base/result.ts';
import { slots, view, type Data, type Net, type Size, type State } from './contract.ts';

export const ALIVE = 0;
export const SUSPECT = 1;
export const FAILED = 2;
/** Incarnations of one life, and lives: a member that has used them up refutes nothing more, or stays away. */
const LIFE = 4096;
const MOST_NUMBER = 65_535;
const MOST_MEMBERS = 3000;

const everyMember = ({ nodes }: Size): number => {
  if (nodes <= MOST_MEMBERS) return nodes;
  throw new InputError({
    message: `gossip/swim: every member keeps a table of all, so \`nodes\` must be at most ${MOST_MEMBERS}, got ${nodes}`,
    hint: 'Choose a smaller graph.',
  });
};

export const schema = {
  status: slots('u8', everyMember),
  number: slots('u16', everyMember),
  /** Messages that are still to carry the last news of this member. */
  left: slots('u8', everyMember),
  /** News with messages left. */
  fresh: 'u16',
  /** The order in which members are probed, and the place in it. */
  order: slots('u16', everyMember),
  place: 'u16',
  target: view(() => 1),
  answered: 'u8',
  /** Probes that went unanswered. */
  failures: 'u16',
  /** Came back and has not yet been told what the others know. */
  joining: 'u8',
  /** Whose crash is measured: no decision rests on it. */
  watched: view(() => 1),
} as const;
export type Schema = typeof schema;
export type Swim = Net<Schema>;

/** One number a piece of news: member, status and incarnation. */
const encode = (member: number, status: number, number: number): number => (member * 3 + status) * (MOST_NUMBER + 1) + number;

/** How many messages carry a piece of news: λ · ln n (§4.1 and §5). */
const sendings = ({ params, nodes }: Size): number => Math.max(1, Math.ceil((params['lambda'] as number) * ln(nodes)));

/** Whether news overrides what is believed (§4.2). */
export function overrides(status: number, number: number, oldStatus: number, oldNumber: number): boolean {
  const [life, oldLife] = [Math.floor(number / LIFE), Math.floor(oldNumber / LIFE)];
  if (life !== oldLife) return life > oldLife;
  if (oldStatus === FAILED) return false;
  if (status === FAILED) return true;
  return status === SUSPECT && oldStatus === ALIVE ? number >= oldNumber : number > oldNumber;
}

/** Writes news into the node's table and has it sent along. */
export function believe(net: Swim, node: number, member: number, status: number, number: number): void {
  const s: State<Schema> = net.state;
  const at = node * net.nodes + member;
  s.status[at] = status;
  s.number[at] = number;
  if (s.left[at] === 0) s.fresh[node]!++;
  s.left[at] = sendings(net);
}

/** The news that the node's next message carries: those sent least often so far first (§4.1). */
export function news(net: Swim, node: number): Data {
  const s: State<Schema> = net.state;
  if (s.fresh[node] === 0) return [];
  const row = node * net.nodes;
  const members: number[] = [];
  // Among those sent equally often, each node begins at its own place in the list: no member's news is always last.
  for (let i = 1; i <= net.nodes; i++) {
    const member = (node + i) % net.nodes;
    if (s.left[row + member]! > 0) members.push(member);
  }
  const chosen = members.sort((a, b) => s.left[row + b]! - s.left[row + a]!).slice(0, net.params['carried'] as number);
  for (const member of chosen) if (--s.left[row + member]! === 0) s.fresh[node]!--;
  return chosen.map((member) => encode(member, s.status[row + member]!, s.number[row + member]!));
}

/** All that the node believes and that is not as at the beginning, for a member that comes back. */
export function whole(net: Swim, node: number): Data {
  const s: State<Schema> = net.state;
  const row = node * net.nodes;
  const all: number[] = [];
  for (let member = 0; member < net.nodes; member++)
    if (s.status[row + member] !== ALIVE || s.number[row + member] !== 0)
      all.push(encode(member, s.status[row + member]!, s.number[row + member]!));
  return all;
}

export interface Believed {
  readonly member: number;
  readonly status: number;
  readonly number: number;
}
export function decode(piece: number): Believed {
  const number = piece % (MOST_NUMBER + 1);
  const rest = (piece - number) / (MOST_NUMBER + 1);
  return { member: Math.floor(rest / 3), status: rest % 3, number };
}

/** The next incarnation of the same life; the same one if there is none left. */
export const nextIncarnation = (number: number): number => (number % LIFE === LIFE - 1 ? number : number + 1);
/** The first incarnation of the next life; -1 if there is none left. */
export const nextLife = (number: number): number => {
  const next = (Math.floor(number / LIFE) + 1) * LIFE;
  return next > MOST_NUMBER ? -1 : next;
};
