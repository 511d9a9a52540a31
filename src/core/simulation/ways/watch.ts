/**
 * What is counted of a group while it talks, online and without rows. Traffic is between machines: a server and its services are one, and
 * what they say to each other stays within it. Counted is from the conversation's beginning; what it took to come together is counted apart.
 */
import type { Entities } from '../../../protocol/scene.ts';
import { EntityKind } from '../../../protocol/scene.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Watch } from '../../kernel/watch.ts';
import { Sightings, type SavedSightings } from '../../metrics/order.ts';
import type { GroupPlan } from './plan.ts';

interface Saved {
  readonly numbers: readonly [stanzas: number, bytes: number, setup: number];
  readonly handled: Uint32Array;
  readonly between: readonly (readonly [number, number])[];
  readonly sightings: SavedSightings;
}
const BYTES_A_PAIR = 48;
/** What `metrics` may hold. */
export const GROUP_MEASURES = [
  'stanzas',
  'bytes',
  'between',
  'setup',
  'unseen',
  'delayMean',
  'delayMax',
  'disputed',
  'violations',
] as const;

export class GroupWatch implements Watch {
  readonly sightings: Sightings;
  stanzas = 0;
  bytes = 0;
  /** Stanzas before the conversation. */
  setup = 0;
  /** Stanzas that each machine sent and took in. */
  readonly handled: Uint32Array;
  /** Stanzas between two machines, by `lower * entities + higher`. */
  readonly between = new Map<number, number>();
  private readonly machine: Int32Array;
  private readonly begins: number;
  /** It takes nothing in any more. */
  private readonly dead: { readonly machine: number; readonly since: number } | undefined;
  private readonly entityOf: (person: number) => number;
  private kernel: Kernel | undefined;

  constructor(plan: GroupPlan, { kind, parent, jid }: Entities, entityOf: (person: number) => number) {
    this.sightings = new Sightings(plan.people.length, plan.says.length);
    this.begins = plan.begins;
    this.machine = Int32Array.from(kind, (one, entity) => (one === EntityKind.component ? parent[entity]! : entity));
    this.handled = new Uint32Array(kind.length);
    this.dead = plan.fault === 'server' ? { machine: jid.indexOf(plan.domains[0]!), since: plan.faultAt } : undefined;
    this.entityOf = entityOf;
  }
  attached(kernel: Kernel): void {
    this.kernel = kernel;
  }

  /** 0 while the first kernel is being made: algorithms may call before there is one. */
  get tick(): number {
    return this.kernel?.tick ?? 0;
  }

  sent(tick: number, from: number, to: number, _link: number, bytes: number, stanza: boolean): void {
    const [here, there] = [this.machine[from]!, this.machine[to]!];
    if (here === there) return;
    if (tick < this.begins) {
      if (stanza) this.setup++;
      return;
    }
    this.bytes += bytes;
    if (!stanza) return;
    this.stanzas++;
    this.handled[here]!++;
    if (there !== this.dead?.machine || tick < this.dead.since) this.handled[there]!++;
    const pair = Math.min(here, there) * this.handled.length + Math.max(here, there);
    this.between.set(pair, (this.between.get(pair) ?? 0) + 1);
  }
  said(person: number, message: number, tick: number): void {
    this.sightings.said(person, message, tick);
  }
  saw(person: number, message: number, tick: number): void {
    if (this.sightings.seen(person, message) >= 0) return;
    this.sightings.saw(person, message, tick);
    if (this.sightings.order[person]!.length === this.sightings.messages) this.kernel?.reached(this.entityOf(person));
  }
  save(): Saved {
    const { stanzas, bytes, setup, handled, between, sightings } = this;
    return { numbers: [stanzas, bytes, setup], handled: handled.slice(), between: [...between], sightings: sightings.save() };
  }
  load({ numbers, handled, between, sightings }: Saved): void {
    [this.stanzas, this.bytes, this.setup] = numbers;
    this.handled.set(handled);
    this.between.clear();
    for (const [pair, stanzas] of between) this.between.set(pair, stanzas);
    this.sightings.load(sightings);
  }
  get stateBytes(): number {
    return this.handled.byteLength + this.between.size * BYTES_A_PAIR + this.sightings.bytes;
  }
  /** Heaviest first; of equals the ones that come first among the entities. */
  links(): readonly { readonly from: number; readonly to: number; readonly stanzas: number }[] {
    const entities = this.handled.length;
    return [...this.between]
      .toSorted(([a, x], [b, y]) => y - x || a - b)
      .map(([pair, stanzas]) => ({ from: Math.floor(pair / entities), to: pair % entities, stanzas }));
  }
  metrics(): Readonly<Record<string, number>> {
    const { stanzas, bytes, sightings } = this;
    const { disputed, violations } = sightings.found();
    return { stanzas, bytes, between: stanzas, setup: this.setup, disputed, violations, ...delaysOf(sightings) };
  }
}

/** Of what others than the author saw, in ticks; and how much was said that one of them never saw. */
function delaysOf({ people, messages, author, saidAt, seenAt }: Sightings): Readonly<Record<string, number>> {
  let [seen, unseen, sum, longest] = [0, 0, 0, 0];
  for (let person = 0; person < people; person++)
    for (let message = 0; message < messages; message++) {
      if (author[message]! < 0 || author[message] === person) continue;
      const at = seenAt[person * messages + message]!;
      if (at < 0) {
        unseen++;
        continue;
      }
      seen++;
      sum += at - saidAt[message]!;
      longest = Math.max(longest, at - saidAt[message]!);
    }
  return { unseen, ...(seen > 0 && { delayMean: sum / seen, delayMax: longest }) };
}
