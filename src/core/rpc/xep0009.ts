/**
 * Gossip calls as XMPP sends them. XEP-0009 (Jabber-RPC) 2.2.0: a call is an `iq` of type set with a `methodCall`, its
 * reply an `iq` of type result with a `methodResponse`; an empty acknowledgement is an empty result. The stanza of a row is
 * made on demand and is byte for byte the one that would have been sent. Arguments are integers (`i4`); what a message carries
 * beside them is an `array` of integers and `double`s. A response has one value: a verdict, or an array that begins with it.
 * Where updates are messages of people, their texts (`string`) follow the numbers by which the algorithm knows them.
 */
import { el, type Element } from '../../base/xml/element.ts';
import { serialize } from '../../base/xml/codec.ts';
import { utf8Length } from '../../base/utf8.ts';
import type { Data, Method } from '../gossip/contract.ts';

/** An empty element is written as one tag; a list that has something in it needs the second one. */
const LIST_TAGS = '<data></data>'.length - '<data/>'.length;
const CLIENT = 'jabber:client';
export const RPC = 'jabber:iq:rpc';

/** A message row's `code`: the method, and whether it is the reply to it. */
export const codeOf = (method: number, reply: boolean): number => 2 * method + (reply ? 1 : 0);
export const methodOf = (code: number): number => code >> 1;
export const isReply = (code: number): boolean => (code & 1) === 1;

const integer = (value: string): Element => el('value', RPC, {}, el('i4', RPC, {}, value));
const number = (value: number): Element =>
  isI4(value) ? integer(String(value)) : el('value', RPC, {}, el('double', RPC, {}, String(value)));
const array = (values: readonly Element[]): Element => el('value', RPC, {}, el('array', RPC, {}, el('data', RPC, {}, ...values)));
const string = (text: string): Element => el('value', RPC, {}, el('string', RPC, {}, text));
const param = (value: Element): Element => el('param', RPC, {}, value);
/** What `i4` can hold; a negative zero is a double. */
const isI4 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

/** Texts of the updates that a message carries, if updates have any. @param args of a reply: its verdict alone. */
const textsIn = (
  texts: readonly string[] | undefined,
  method: Method,
  code: number,
  args: readonly number[],
  data: Data,
): readonly string[] => (texts === undefined ? [] : updatesIn(method, code, args, data).map((update) => texts[update]!));

export function callStanza(
  from: string,
  to: string,
  id: number,
  method: Method,
  args: readonly number[],
  data: Data,
  texts?: readonly string[],
): Element {
  return call(from, to, `g${id}`, method, args.map(String), data, textsIn(texts, method, codeOf(0, false), args, data));
}
export function replyStanza(
  from: string,
  to: string,
  request: number,
  value: number,
  data: Data,
  method?: Method,
  texts?: readonly string[],
): Element {
  const carried = method ? textsIn(texts, method, codeOf(0, true), [value], data) : [];
  return reply(from, to, `g${request}`, String(value), data, carried);
}
/** The acknowledgement of a call whose answer carries nothing. */
export function emptyResult(from: string, to: string, request: number): Element {
  return el('iq', CLIENT, { from, to, id: `g${request}`, type: 'result' });
}

function call(
  from: string,
  to: string,
  id: string,
  method: Method,
  args: readonly string[],
  data: Data,
  texts: readonly string[] = [],
): Element {
  const name = el('methodName', RPC, {}, `gossip.${method.name}`);
  const given = args.map((value) => param(integer(value)));
  if (method.data !== undefined) given.push(param(array(data.map(number))));
  given.push(...texts.map((text) => param(string(text))));
  const params = given.length > 0 ? [el('params', RPC, {}, ...given)] : [];
  const content = el('methodCall', RPC, {}, name, ...params);
  return el('iq', CLIENT, { from, to, id, type: 'set' }, el('query', RPC, {}, content));
}
function reply(from: string, to: string, id: string, value: string, data: Data, texts: readonly string[] = []): Element {
  const verdict = integer(value);
  const more = [...data.map(number), ...texts.map(string)];
  const only = more.length === 0 ? verdict : array([verdict, ...more]);
  const content = el('methodResponse', RPC, {}, el('params', RPC, {}, param(only)));
  return el('iq', CLIENT, { from, to, id, type: 'result' }, el('query', RPC, {}, content));
}

/** Bytes of a row's stanza without making it: the frame of its method, and what varies in it. */
export function stanzaSizes(
  methods: readonly Method[],
  addresses: readonly string[],
  texts?: readonly string[],
): (code: number, from: number, to: number, id: number, args: readonly number[], data: Data) => number {
  const length = Int32Array.from(addresses, utf8Length);
  const frames: number[] = [];
  methods.forEach((method, m) => {
    // Each argument is written with one digit, which the row's own digits then replace.
    const digits = method.args.map(() => '0');
    frames[codeOf(m, false)] = utf8Length(serialize(call('', '', 'g', method, digits, []), CLIENT)) - digits.length;
    frames[codeOf(m, true)] = utf8Length(serialize(reply('', '', 'g', '0', []), CLIENT)) - 1;
  });
  const wrapped = utf8Length(serialize(array([number(0)]), RPC)) - utf8Length(serialize(number(0), RPC));
  const [inCall, inReply] = [param, (value: Element) => value].map((put) =>
    texts?.map((text) => utf8Length(serialize(put(string(text)), RPC))),
  );
  const [whole, real] = [0, 0.5].map((value) => utf8Length(serialize(number(value), RPC)) - String(value).length) as [number, number];
  return (code, from, to, id, args, data) => {
    let bytes = frames[code]! + length[from]! + length[to]! + String(id).length;
    for (const value of args) bytes += String(value).length;
    for (const value of data) bytes += (isI4(value) ? whole : real) + String(value).length;
    const said = isReply(code) ? inReply : inCall;
    if (said) for (const update of updatesIn(methods[methodOf(code)]!, code, args, data)) bytes += said[update]!;
    // An empty list of a call is part of its frame; a reply that carries nothing has none.
    if (isReply(code) && data.length > 0) bytes += wrapped;
    else if (data.length > 0) bytes += LIST_TAGS;
    return bytes;
  };
}

/** Numbers of the updates that a row's message carries. */
function updatesIn(method: Method, code: number, args: readonly number[], data: Data): readonly number[] {
  const update = isReply(code) ? method.replies?.[args[0] ?? 0]?.update : method.update;
  if (!update) return [];
  return update === 'data' ? data : [isReply(code) ? 0 : (args[0] ?? 0)];
}
