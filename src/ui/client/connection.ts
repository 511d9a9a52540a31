/** The wire to the worker: a promise per request, rejected with an `InputError` when the worker says no. */
import { InputError } from '../../base/result.ts';
import { onceGone, workerName } from './liveness.ts';
import type { Progress, Reply, Request, RequestName, Requests, Update } from '../../protocol/protocol.ts';

export interface Connection {
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']>;
  close(): void;
}

export interface ConnectionEvents {
  progress(progress: Progress): void;
  /** Rows that were asked for are being made again; or it is over. */
  refilling?(yes: boolean): void;
  /** The worker is gone; every open request has been rejected. */
  crashed(message: string): void;
}

/** What of a worker is used here; tests pass a port. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'> & {
  /** Under which it holds its lock, where it does. */
  readonly name?: string;
};

export function startSimulationWorker(): WorkerLike {
  const name = workerName();
  return Object.assign(new Worker(new URL('../../worker/main.ts', import.meta.url), { type: 'module', name }), { name });
}

interface Waiting {
  readonly resolve: (value: Reply extends infer R ? (R extends { ok: true; value: infer V } ? V : never) : never) => void;
  readonly reject: (error: Error) => void;
}

/** A scene, or what tells which branch of it is on show. */
const isOfRun = <T extends object>(value: T): value is Extract<T, { readonly run: number }> =>
  'run' in value && typeof value.run === 'number';

/** @param before added to the worker's own numbers of runs, so that no two workers' runs are taken for each other. */
export function connect(worker: WorkerLike, events: ConnectionEvents, before = 0): Connection {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let dead: string | undefined;
  const closed = new AbortController();
  let heard = false;

  const fail = (message: string) => {
    if (dead !== undefined) return;
    dead = message;
    for (const { reject } of waiting.values()) reject(new InputError(message));
    waiting.clear();
    events.crashed(message);
  };

  worker.onmessage = ({ data }: MessageEvent<Reply | Update>) => {
    if (!heard && worker.name !== undefined) onceGone(worker.name, closed.signal, () => fail('The simulation has ended without a word.'));
    heard = true;
    if ('update' in data) {
      if (data.update === 'refilling') events.refilling?.(data.refilling);
      else events.progress({ ...data.progress, run: before + data.progress.run });
      return;
    }
    const request = waiting.get(data.id);
    waiting.delete(data.id);
    if (!request) return;
    if (data.ok) request.resolve(isOfRun(data.value) ? { ...data.value, run: before + data.value.run } : data.value);
    else request.reject(new InputError(data.problem));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message ? `The simulation stopped: ${event.message}` : 'The simulation could not be started.');
  };
  worker.onmessageerror = () => fail('The simulation sent something that could not be read.');

  return {
    ask<N extends RequestName>(name: N, args: Requests[N]['args']) {
      if (dead !== undefined) return Promise.reject(new InputError(dead));
      const id = ++lastId;
      return new Promise<Requests[N]['reply']>((resolve, reject) => {
        // The reply to request N is of N's type: the protocol says so, one cast here relies on it.
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
        worker.postMessage({ id, name, args } as Request);
      });
    },
    close() {
      dead = 'closed';
      closed.abort();
      worker.terminate();
    },
  };
}
