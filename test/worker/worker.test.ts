/** The two workers in a scope made for the test: messages in, replies out, buffers moved, slices without effect. */
import { afterEach, expect, test, vi } from 'vitest';
import type { ImportReply, ImportRequest, Reply, Request, Update } from '../../src/protocol/protocol.ts';
import golden from '../support/golden.json';
import { publicFile } from '../support/scenes.ts';

interface Scope<In, Out> {
  onmessage: ((event: { readonly data: In }) => void) | null;
  readonly sent: { readonly message: Out; readonly moved: readonly unknown[] }[];
  postMessage(message: Out, moved?: readonly unknown[]): void;
  readonly location: URL;
}
function scope<In, Out>(href: string): Scope<In, Out> {
  const sent: Scope<In, Out>['sent'] = [];
  const place = { location: new URL(href), name: '', navigator: {} };
  return { onmessage: null, sent, ...place, postMessage: (message, moved = []) => void sent.push({ message, moved }) };
}
async function simulation(query: string): Promise<Scope<Request, Reply | Update>> {
  const self = scope<Request, Reply | Update>(`http://host.example/src/worker/main.ts${query}`);
  vi.stubGlobal('self', self);
  vi.stubGlobal('location', self.location);
  vi.stubGlobal('fetch', async (url: URL) => {
    const path = url.pathname.slice(1);
    return path.startsWith('graphs/') ? new Response(publicFile(path)) : new Response('', { status: 404 });
  });
  vi.resetModules();
  await import('../../src/worker/main.ts');
  return self;
}
async function until<T>(look: () => T | undefined): Promise<T> {
  return vi.waitFor(() => {
    const found = look();
    if (found === undefined) throw new Error('not yet');
    return found;
  }, 10_000);
}
const replyTo = (
  self: Scope<Request, Reply | Update>,
  id: number,
): Promise<{ readonly message: Reply; readonly moved: readonly unknown[] }> =>
  until(() => self.sent.find(({ message }) => 'id' in message && message.id === id) as never);

afterEach(() => vi.unstubAllGlobals());

test.each(['?slice=1', '?slice=7', ''])('the scenes end with the pinned hashes, slices %j', async (query) => {
  const self = await simulation(query);
  let id = 0;
  for (const [scenario, hash] of Object.entries(golden)) {
    self.onmessage!({ data: { id: ++id, name: 'open', args: { scenario } } });
    const { message } = await replyTo(self, id);
    const run = message.ok && 'run' in message.value ? message.value.run : -1;
    expect(run).toBe(id);
    const ended = await until(() =>
      self.sent
        .map(({ message }) => ('update' in message && message.update === 'progress' ? message.progress : undefined))
        .find((progress) => progress?.run === run && progress.ended !== 'running'),
    );
    expect(ended.hash).toBe(hash);
  }
});

test('a refusal is a reply; frames and curves move their buffers, and only theirs', async () => {
  const self = await simulation('');
  self.onmessage!({ data: { id: 1, name: 'open', args: { scenario: 'tea-for-two' } } });
  expect((await replyTo(self, 1)).message).toMatchObject({ ok: false, problem: { message: 'there is no scenario "tea-for-two"' } });
  self.onmessage!({ data: { id: 2, name: 'open', args: { scenario: 'experiment-2011' } } });
  expect((await replyTo(self, 2)).moved).toEqual([]);
  self.onmessage!({ data: { id: 3, name: 'frame', args: { ordinal: 5 } } });
  const frame = await replyTo(self, 3);
  const value = frame.message.ok && 'flights' in frame.message.value ? frame.message.value : undefined;
  expect(frame.moved).toContain(value!.states.buffer);
  expect(frame.moved).toContain(value!.flights.due.buffer);
  expect(new Set(frame.moved).size).toBe(frame.moved.length);
  self.onmessage!({ data: { id: 4, name: 'series', args: { buckets: 10 } } });
  expect((await replyTo(self, 4)).moved).toHaveLength(5);
});

test('the import worker answers with a graph, or says where the file is wrong', async () => {
  const self = scope<ImportRequest, ImportReply>('http://host.example/');
  vi.stubGlobal('self', self);
  vi.resetModules();
  await import('../../src/worker/import.ts');
  self.onmessage!({ data: { name: 'g.dot', text: 'graph { a -- b [label=4] }' } });
  self.onmessage!({ data: { name: 'g.dot', text: 'graph {\n a -- ' } });
  const [fine, broken] = self.sent;
  expect(fine!.message).toMatchObject({ ok: true, graph: { names: ['a', 'b'], directed: false } });
  expect(fine!.moved).toHaveLength(3);
  expect(broken!.message).toMatchObject({ ok: false, problem: { line: 2 } });
});
