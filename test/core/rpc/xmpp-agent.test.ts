/** What a client that takes part in gossip makes of calls that come to it, and of answers: XEP-0009 §2, §4; checklist Q07. */
import { expect, test } from 'vitest';
import { el } from '../../../src/base/xml/element.ts';
import { serialize } from '../../../src/base/xml/codec.ts';
import { AGENT } from '../../../src/core/rpc/homes.ts';
import { callStanza, emptyResult, replyStanza, RPC } from '../../../src/core/rpc/xep0009.ts';
import { agentRules, gossipAgent, type Taking } from '../../../src/core/rpc/xmpp-agent.ts';
import { algorithms } from '../../../src/core/gossip/index.ts';
import { play } from '../xmpp/host.ts';

const NODE = 'node@graph.lit/gossip';
const PEER = 'peer@graph.lit/gossip';
const STRANGER = 'stranger@graph.lit/x';
const PUSH = algorithms.find(({ id }) => id === 'uniform')!.methods[0]!;
const call = (from: string, name = PUSH.name, id = 17): string => serialize(callStanza(from, NODE, id, { ...PUSH, name }, [5], []));

/** One knows `push` and answers 1 to it; it has asked its peer number 3. */
function answering(
  from: string,
  xml: string,
): { readonly back: readonly string[]; readonly heard: readonly string[]; readonly rules: readonly string[] } {
  const heard: string[] = [];
  const taking: Taking = {
    isPeer: (address) => address === PEER,
    knows: (method) => method === PUSH.name,
    call(context, sender, id, { name, args }) {
      heard.push(`${name} ${args.join()} from ${sender}`);
      context.reply(replyStanza(NODE, sender, id, 1, []), agentRules.acknowledged);
    },
    awaits: (_context, sender, id) => sender === PEER && id === 3,
    answered: (_context, id, response) => void heard.push(`${id}: ${response?.value ?? 'nothing'}`),
    failed: (_context, id) => void heard.push(`${id} has failed`),
    bound: () => undefined,
  };
  const played = play(
    {
      format: 'stanzascope/scenario',
      version: 1,
      model: 'xmpp',
      id: 'rpc',
      title: '',
      summary: '',
      seed: '1',
      servers: [{ domain: 'graph.lit' }],
      clients: [
        { jid: NODE, agents: [AGENT], acts: [] },
        { jid: from, passive: true, acts: [{ at: 0, do: 'send', xml }] },
      ],
      latency: { client: 10, federation: 10, component: 10 },
    },
    {},
    undefined,
    [gossipAgent(taking)],
  );
  const own = played.silences.filter((s) => s.entity === NODE).map((s) => s.rule);
  return { back: played.sent.filter((r) => r.to === from).map((r) => r.xml), heard, rules: own };
}

test('[Q07] a call is an iq set, and its response comes in the result', () => {
  const { back, heard } = answering(PEER, call(PEER));
  expect(heard).toEqual([`${PUSH.name} 5 from ${PEER}`]);
  expect(back).toEqual([
    `<iq from='${NODE}' to='${PEER}' id='g17' type='result'><query xmlns='${RPC}'><methodResponse><params><param><value><i4>1</i4></value></param></params></methodResponse></query></iq>`,
  ]);
});

test.each([
  ['from who takes no part: forbidden', STRANGER, call(STRANGER), 'auth', 'forbidden'],
  ['of a method that nobody has', PEER, call(PEER, 'nonsense'), 'cancel', 'item-not-found'],
  [
    'that cannot be read',
    PEER,
    `<iq type='set' id='g1' to='${NODE}'><query xmlns='${RPC}'><methodCall/></query></iq>`,
    'modify',
    'bad-request',
  ],
])('§4 [Q07] a call %s', (_name, from, xml, type, condition) => {
  const { back, heard } = answering(from, xml);
  expect(heard).toEqual([]);
  expect(back).toEqual([expect.stringMatching(new RegExp(`^<iq [^>]*type='error'[^>]*><error type='${type}'><${condition} `))]);
});

test('§2 [Q07] answers are believed of who was asked; a fault comes inside a result, and is a failure all the same', () => {
  const value = el('value', RPC, {}, el('struct', RPC));
  const fault = (id: number): string => {
    const response = el('methodResponse', RPC, {}, el('fault', RPC, {}, value));
    return serialize({ ...emptyResult(PEER, NODE, id), children: [el('query', RPC, {}, response)] });
  };
  const reply = (from: string, id: number): string => serialize(replyStanza(from, NODE, id, 1, []));
  expect(answering(PEER, reply(PEER, 3)).heard).toEqual(['3: 1']);
  expect(answering(PEER, serialize(emptyResult(PEER, NODE, 3))).heard).toEqual(['3: nothing']);
  expect(answering(PEER, fault(3))).toMatchObject({ heard: ['3 has failed'], rules: ['xep-0009/2/fault'], back: [] });
  for (const [from, xml] of [
    [PEER, reply(PEER, 4)],
    [STRANGER, reply(STRANGER, 3)],
    [PEER, fault(4)],
  ] as const)
    expect(answering(from, xml)).toMatchObject({ heard: [], back: [] });
});
