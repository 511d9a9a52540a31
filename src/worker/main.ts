/** The simulation in a worker: messages in, replies and progress out, the run in slices between them. */
import { createSession } from '../core/simulation/session.ts';
import type { Reply, Request, Update } from '../protocol/protocol.ts';

declare const self: {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Reply | Update, transfer?: Transferable[]): void;
  readonly location: { readonly href: string };
  readonly name: string;
  readonly navigator: { readonly locks?: { request(name: string, held: () => Promise<never>): Promise<unknown> } };
};

/** Events between two looks at the clock; `?slice=` changes it, and nothing in the run. */
const SLICE = Number(new URL(self.location.href).searchParams.get('slice')) || 2048;
const SLICE_MS = 8;
const PROGRESS_MS = 100;

/** The built worker lies in `assets/`, the source two folders deep; files of `public/` are at the root of both. */
const root = new URL(import.meta.env.DEV ? '/' : '..', self.location.href);

const session = createSession({
  refilling: (refilling) => self.postMessage({ update: 'refilling', refilling }),
  async file(path) {
    const response = await fetch(new URL(path, root));
    if (!response.ok) throw new Error(`${path} could not be loaded (${response.status})`);
    return response.text();
  },
  wake: () => go(),
});

/** Held as long as this worker lives: by it the page knows that it does (`ui/client/liveness.ts`). */
const living = new Promise<void>((held) => {
  const { locks } = self.navigator;
  if (self.name === '' || !locks) held();
  else {
    const holding = (): Promise<never> => {
      held();
      return new Promise(() => undefined);
    };
    locks.request(self.name, holding).catch(() => held());
  }
});

self.onmessage = async ({ data }) => {
  await living;
  const reply = await session.handle(data);
  self.postMessage(reply, reply.ok ? buffersOf(data, reply.value) : []);
  // Another run is on show.
  if (reply.ok && 'run' in reply.value && data.name !== 'sweepRun') tell();
  if (session.pending()) go();
};

/** Frames and curves are made for one reader: their buffers move instead of being copied. */
function buffersOf(request: Request, value: object): Transferable[] {
  if (request.name !== 'frame' && request.name !== 'series') return [];
  const parts: unknown[] = Object.values(value);
  if ('flights' in value && typeof value.flights === 'object' && value.flights !== null) parts.push(...Object.values(value.flights));
  return [...new Set(parts.filter((part) => ArrayBuffer.isView(part)).map((part) => part.buffer as ArrayBuffer))];
}

let going = false;
let told = 0;

function tell(): void {
  told = performance.now();
  const progress = session.progress();
  if (progress) self.postMessage({ update: 'progress', progress });
}

const { port1, port2 } = new MessageChannel();
port1.onmessage = () => {
  const end = performance.now() + SLICE_MS;
  let more = session.work(SLICE);
  while (more && performance.now() < end) more = session.work(SLICE);
  if (!more || performance.now() - told > PROGRESS_MS) tell();
  going = more;
  // A message to oneself queues behind the requests that came meanwhile, so that replies are never long in coming.
  if (more) port2.postMessage(null);
};

function go(): void {
  if (going) return;
  going = true;
  port2.postMessage(null);
}
