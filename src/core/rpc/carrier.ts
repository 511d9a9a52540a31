/** What carries the calls of a gossip world and keeps its time: on a graph the kernel itself, on XMPP the clients' streams (`xmpp-carrier.ts`). */
import type { Kernel } from '../kernel/kernel.ts';
import type { PoppedEvent } from '../kernel/pool.ts';

export interface Carrier extends Pick<
  Kernel,
  'tick' | 'journal' | 'reachedCount' | 'send' | 'timer' | 'silence' | 'undelivered' | 'reached' | 'show' | 'endBy' | 'originalOf'
> {
  readonly queue: { readonly burdened: boolean };
  /** Only where nodes are clients of servers: then acknowledgements travel too, and who goes down loses a stream. */
  readonly streams?: {
    /** The node is gone, and its connection with it: in good order or not. Nobody but its server is told. */
    drop(node: number, orderly: boolean): void;
    /** The node logs in again; `Churn.bringUp` when it is bound. */
    connect(node: number): void;
  };
}

/** What of an event a gossip world looks at. */
export type Taken = Readonly<Pick<PoppedEvent, 'to' | 'from' | 'link' | 'code' | 'a' | 'b' | 'id' | 'answers' | 'took' | 'data'>>;
export type Woken = Pick<Taken, 'to' | 'code' | 'a' | 'b'>;
