/** Gossip calls as XML: what the rows say is what would be sent, byte for byte. */
import { expect, test } from 'vitest';
import { utf8Length } from '../../../src/base/utf8.ts';
import { parseXml, serialize } from '../../../src/base/xml/codec.ts';
import { child, childText, elements, type Element } from '../../../src/base/xml/element.ts';
import { algorithms } from '../../../src/core/gossip/index.ts';
import type { Method } from '../../../src/core/gossip/contract.ts';
import { callStanza, codeOf, emptyResult, isReply, methodOf, replyStanza, stanzaSizes } from '../../../src/core/rpc/xep0009.ts';
import { stanzaLines } from '../../../src/core/simulation/export.ts';
import { messageView } from '../../../src/core/simulation/views.ts';
import { finished } from '../../support/scenes.ts';

const GOSSIP = ['karate-rumour', 'experiment-2011'];
const RPC = 'jabber:iq:rpc';

test.each(GOSSIP)('%s: the bytes of every row are those of its stanza', (id) => {
  const run = finished(id);
  const { journal, world } = run;
  expect(journal.messageCount).toBeGreaterThan(100);
  for (let row = 0; row < journal.messageCount; row++) {
    const xml = serialize(world.stage.stanzaOf(messageView(run, row)), 'jabber:client');
    expect(journal.messages.bytes.get(row)).toBe(utf8Length(xml));
  }
});

test('sizes hold for every method, number of arguments, negative values, and addresses beyond ASCII', () => {
  const odd: Method = { name: 'odd', kind: 'digest', update: false, args: ['x', 'y'], why: '' };
  const none: Method = { name: 'none', kind: 'pull', update: false, args: [], why: '' };
  const methods = [...algorithms.flatMap((algorithm) => algorithm.methods), odd, none];
  const addresses = ['a@graph.lit', 'größe@graph.lit', '🎩@graph.lit', 'x\\26y@graph.lit'];
  const size = stanzaSizes(methods, addresses);
  const bytes = (stanza: Element): number => utf8Length(serialize(stanza, 'jabber:client'));
  methods.forEach((method, m) => {
    for (const [id, value] of [
      [0, 0],
      [99_999, -1],
      [12, 2_147_483_647],
      [7, -2_147_483_648],
    ] as const)
      for (let from = 0; from < addresses.length; from++) {
        const to = (from + 1) % addresses.length;
        const args = method.args.map(() => value);
        for (const data of [[], [0], [7, -0.5, 2 ** 40, -0, 1e-7]]) {
          if (data.length > 0 && method.data === undefined) continue;
          const call = callStanza(addresses[from]!, addresses[to]!, id, method, args, data);
          expect(size(codeOf(m, false), from, to, id, args, data)).toBe(bytes(call));
        }
        for (const data of [[], [0], [7, -0.5]]) {
          const reply = replyStanza(addresses[from]!, addresses[to]!, id, value, data);
          expect(size(codeOf(m, true), from, to, id, [value], data)).toBe(bytes(reply));
        }
      }
  });
});

test('a call is an iq set with a methodCall, its answer a result with a methodResponse and the same id (XEP-0009, [Q07])', () => {
  const push = algorithms.find(({ id }) => id === 'uniform')!.methods[0]!;
  const call = callStanza('a@graph.lit', 'b@graph.lit', 17, push, [5], []);
  expect(call.attrs).toEqual({ from: 'a@graph.lit', to: 'b@graph.lit', id: 'g17', type: 'set' });
  const content = child(child(call, 'query', RPC)!, 'methodCall')!;
  expect(childText(content, 'methodName')).toBe('gossip.push');
  expect(serialize(child(content, 'params')!, RPC)).toContain('<param><value><i4>5</i4></value></param>');
  const reply = replyStanza('b@graph.lit', 'a@graph.lit', 17, 1, []);
  expect(reply.attrs).toEqual({ from: 'b@graph.lit', to: 'a@graph.lit', id: 'g17', type: 'result' });
  expect(elements(child(reply, 'query', RPC)!).map((element) => element.name)).toEqual(['methodResponse']);
  expect(emptyResult('b@graph.lit', 'a@graph.lit', 17)).toMatchObject({ attrs: { id: 'g17', type: 'result' }, children: [] });
  for (const stanza of [call, reply]) expect(parseXml(serialize(stanza))).toEqual(stanza);
});

test('a code tells the method and whether it is the reply', () => {
  for (const method of [0, 1, 7])
    for (const reply of [false, true]) expect([methodOf(codeOf(method, reply)), isReply(codeOf(method, reply))]).toEqual([method, reply]);
});

test.each(GOSSIP)('%s: as stanzas, each set has exactly one result of the same id, with its ends turned round', (id) => {
  const run = finished(id);
  const open = new Map<string, string>();
  let lines = 0;
  for (const line of stanzaLines(run)) {
    lines++;
    const { xml, ns, from, to } = JSON.parse(line) as { xml: string; ns: string; from: string; to: string };
    expect(ns).toBe('jabber:client');
    const { attrs } = parseXml(xml);
    expect([attrs['from'], attrs['to']]).toEqual([from, to]);
    if (attrs['type'] === 'set') {
      expect(open.has(attrs['id']!)).toBe(false);
      open.set(attrs['id']!, `${to} ${from}`);
    } else {
      expect(open.get(attrs['id']!)).toBe(`${from} ${to}`);
      open.delete(attrs['id']!);
    }
  }
  expect(open.size).toBe(0);
  expect(lines).toBeGreaterThanOrEqual(run.journal.messageCount);
});
