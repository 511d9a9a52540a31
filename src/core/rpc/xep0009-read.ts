/**
 * Reads gossip calls and responses as `xep0009.ts` writes them. XEP-0009 2.2.0; values of https://xmlrpc.com/spec.md: `i4`, `int`, `double`,
 * `array`, `string`. Strings are texts of updates, behind the numbers of these, which say all that an algorithm wants to know: they are not looked at.
 * Simplified: no structs or dates, because no algorithm sends any; what has them is not read at all, and of a fault only that it is one.
 */
import { child, childText, elements, type Element } from '../../base/xml/element.ts';
import { RPC } from './xep0009.ts';

const METHOD = 'gossip.';

export interface Call {
  /** Without the `gossip.` before it. */
  readonly name: string;
  readonly args: readonly number[];
  readonly data: readonly number[] | undefined;
}
export interface Response {
  readonly value: number;
  readonly data: readonly number[] | undefined;
}

/** @returns the name alone, for pictures and lists; undefined for what is no gossip call. */
export function methodNameOf(iq: Element): string | undefined {
  const name = contentOf(iq, 'methodCall', (call) => childText(call, 'methodName'));
  return name?.startsWith(METHOD) ? name.slice(METHOD.length) : undefined;
}

/** @returns undefined for what no algorithm of ours would have sent. */
export function readCall(iq: Element): Call | undefined {
  const name = methodNameOf(iq);
  const params = contentOf(iq, 'methodCall', paramsOf);
  if (name === undefined || params === undefined) return undefined;
  const numbers = params.slice(0, params.findLastIndex((value) => typeof value !== 'string') + 1);
  if (numbers.length === 0 && params.length > 0) return undefined;
  const last = numbers.at(-1);
  const data = typeof last === 'object' ? last : undefined;
  const args = data ? numbers.slice(0, -1) : numbers;
  return areNumbers(args) ? { name, args, data } : undefined;
}

/** @returns undefined for what is no response to a gossip call. */
export function readResponse(iq: Element): Response | undefined {
  const [only, ...more] = contentOf(iq, 'methodResponse', paramsOf) ?? [];
  if (only === undefined || typeof only === 'string' || more.length > 0) return undefined;
  if (typeof only === 'number') return { value: only, data: undefined };
  const [value, ...data] = only;
  return value === undefined ? undefined : { value, data };
}

export const isFault = (iq: Element): boolean =>
  contentOf(iq, 'methodResponse', (response) => child(response, 'fault') !== undefined) === true;

function contentOf<T>(iq: Element, name: string, read: (content: Element) => T): T | undefined {
  const query = child(iq, 'query', RPC);
  const content = query && child(query, name);
  return content && read(content);
}

function paramsOf(content: Element): readonly (number | string | readonly number[])[] | undefined {
  const params = child(content, 'params');
  const values = params ? elements(params).map((param) => valueOf(child(param, 'value'))) : [];
  return values.every((value) => value !== undefined) ? values : undefined;
}

function valueOf(value: Element | undefined): number | string | readonly number[] | undefined {
  const [typed, ...more] = value ? elements(value) : [];
  if (typed === undefined || more.length > 0) return undefined;
  if (typed.name === 'string') return typed.children.join('');
  if (typed.name !== 'array') return numberOf(typed);
  const data = child(typed, 'data');
  const values = data && elements(data).map(valueOf);
  const numbers = values?.slice(0, values.findLastIndex((one) => typeof one !== 'string') + 1);
  return numbers && areNumbers(numbers) ? numbers : undefined;
}

function numberOf(typed: Element): number | undefined {
  const [text] = typed.children;
  if (typeof text !== 'string') return undefined;
  if (typed.name === 'i4' || typed.name === 'int') {
    const value = Number(text);
    return /^[+-]?\d+$/.test(text) && (value | 0) === value ? value : undefined;
  }
  if (typed.name !== 'double') return undefined;
  // A double may be infinite or none, and our own writing of those is read back.
  return text === 'NaN' ? NaN : Number.isNaN(Number(text)) || text.trim() === '' ? undefined : Number(text);
}

const areNumbers = (values: readonly unknown[]): values is readonly number[] => values.every((value) => typeof value === 'number');
