/**
 * Requests that need to know what caused what in a long run wait until that is worked out: a slice at a time, between everything else that is asked, so that
 * pictures and steps go on meanwhile. Without a host that has time for slices it is done in one go.
 */
import { InputError } from '../../base/result.ts';
import type { Preparing, Request } from '../../protocol/protocol.ts';
import { eventsLeft, takeIn, type CausalNeed } from './causes.ts';
import type { Run } from './run.ts';

/** So many events are taken in at once, and nobody notices. */
const AT_ONCE = 20_000;
/** Events that are taken in while one is played: else a run that goes on could never be caught up with. */
const FASTER = 4;

function needOf({ name, args }: Request): CausalNeed | undefined {
  switch (name) {
    case 'relation':
    case 'cut':
    case 'along':
      return 'order';
    case 'inspect':
      return args.target.type === 'link' ? undefined : 'order';
    case 'follow':
    case 'diagram':
      return 'threads';
    case 'move':
      return args.by === 'wave' ? 'waves' : args.by === 'hop' || args.by === 'same' ? 'threads' : undefined;
    default:
      return undefined;
  }
}

interface Waiting {
  readonly run: Run;
  readonly need: CausalNeed;
  readonly of: number;
  readonly go: () => void;
  readonly stop: (error: InputError) => void;
}

export class Preparations {
  private waiting: Waiting[] = [];

  /** Undefined where nothing has to be waited for. Rejects with an `InputError` when another run is opened meanwhile. */
  before(run: Run, request: Request): Promise<void> | undefined {
    const need = needOf(request);
    const of = need === undefined ? 0 : eventsLeft(run, need);
    if (need === undefined || of <= AT_ONCE) return undefined;
    return new Promise((go, stop) => this.waiting.push({ run, need, of, go, stop }));
  }
  get isBusy(): boolean {
    return this.waiting.length > 0;
  }
  /** Takes in some more of what is waited for; answers whether there is more to do. @param run the one on show. */
  work(run: Run, events: number): boolean {
    for (const need of new Set(this.waiting.filter((one) => one.run === run).map((one) => one.need))) takeIn(run, need, FASTER * events);
    const waited = this.waiting;
    this.waiting = waited.filter((one) => one.run === run && eventsLeft(run, one.need) > AT_ONCE);
    for (const one of waited) {
      if (one.run !== run) one.stop(new InputError('another run was opened meanwhile'));
      else if (!this.waiting.includes(one)) one.go();
    }
    return this.isBusy;
  }
  /** How far the one is that has most before it; undefined while nothing is waited for. */
  get state(): Preparing | undefined {
    const states = this.waiting.map(({ run, need, of }) => ({ left: Math.min(of, eventsLeft(run, need)), of }));
    const [longest] = states.toSorted((a, b) => b.left - a.left);
    return longest && { done: longest.of - longest.left, of: longest.of };
  }
}
