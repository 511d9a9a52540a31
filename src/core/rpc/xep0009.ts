/**
 * Gossip calls as XMPP sends them. XEP-0009 (Jabber-RPC) 2.2.0: a call is an `iq` of type set with a `methodCall`, its
 * reply an `iq` of type result with a `methodResponse`; an empty acknowledgement is an empty result. The stanza of a row is
 * made on demand and is byte for byte the one that would have been sent; all arguments are integers (`i4`).
 */
import { el, type Element } from '../../base/xml/element.ts';
import { serialize } from '../../base/xml/codec.ts';
import { utf8Length } from '../../base/utf8.ts';
import type { Method } from '../gossip/contract.ts';

const CLIENT = 'jabber:client';
const RPC = 'jabber:iq:rpc';

/** A message row's `code`: the method, and whether it is the reply to it. */
export const codeOf = (method: number, reply: boolean): number => 2 * method + (reply ? 1 : 0);
export const methodOf = (code: number): number => code >> 1;
export const isReply = (code: number): boolean => (code & 1) === 1;

const param = (value: string): Element => el('param', RPC, {}, el('value', RPC, {}, el('i4', RPC, {}, value)));

export function callStanza(from: string, to: string, id: number, method: Method, args: readonly number[]): Element {
  return call(from, to, `g${id}`, method, args.map(String));
}
export function replyStanza(from: string, to: string, request: number, value: number): Element {
  return reply(from, to, `g${request}`, String(value));
}
/** The acknowledgement of a call whose answer carries nothing. */
export function emptyResult(from: string, to: string, request: number): Element {
  return el('iq', CLIENT, { from, to, id: `g${request}`, type: 'result' });
}

function call(from: string, to: string, id: string, method: Method, args: readonly string[]): Element {
  const name = el('methodName', RPC, {}, `gossip.${method.name}`);
  const params = args.length > 0 ? [el('params', RPC, {}, ...args.map(param))] : [];
  const content = el('methodCall', RPC, {}, name, ...params);
  return el('iq', CLIENT, { from, to, id, type: 'set' }, el('query', RPC, {}, content));
}
function reply(from: string, to: string, id: string, value: string): Element {
  const content = el('methodResponse', RPC, {}, el('params', RPC, {}, param(value)));
  return el('iq', CLIENT, { from, to, id, type: 'result' }, el('query', RPC, {}, content));
}

/** Bytes of a row's stanza without making it: the frame of its method, and what varies in it. */
export function stanzaSizes(
  methods: readonly Method[],
  addresses: readonly string[],
): (code: number, from: number, to: number, id: number, args: readonly number[]) => number {
  const length = Int32Array.from(addresses, utf8Length);
  const frames: number[] = [];
  methods.forEach((method, m) => {
    // Each argument is written with one digit, which the row's own digits then replace.
    const digits = method.args.map(() => '0');
    frames[codeOf(m, false)] = utf8Length(serialize(call('', '', 'g', method, digits), CLIENT)) - digits.length;
    frames[codeOf(m, true)] = utf8Length(serialize(reply('', '', 'g', '0'), CLIENT)) - 1;
  });
  return (code, from, to, id, args) => {
    let bytes = frames[code]! + length[from]! + length[to]! + String(id).length;
    for (const value of args) bytes += String(value).length;
    return bytes;
  };
}
