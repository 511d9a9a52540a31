/**
 * Types of text and of attribute values: those of XML Schema part 2 that stanzas use, addresses (RFC 7622), and enumerations.
 * A type is a word, a word with its least and greatest length or value (`string{1,1024}`, `int{100,999}`), or `a|b|c`;
 * with `?` after it, or nothing at all.
 * URIs are not examined: what the schemas' `anyURI` takes is nearly everything.
 */
import { bytesOfBase64 } from '../../../base/base64.ts';
import { parseJid } from '../../../base/jid.ts';
import { InputError } from '../../../base/result.ts';

/** What is wrong with a value, as the end of a sentence; nothing if it is right. */
type Check = (value: string) => string | undefined;

const NAME_START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uDFFF\\uF900-\\uFFFD';
const NAME_CHAR = `${NAME_START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`;

const checks = new Map<string, Check>();

/** What is wrong with `value` as a `type`, as the end of a sentence (`is no …`). */
export function wrongWith(value: string, type: string): string | undefined {
  let check = checks.get(type);
  if (!check) checks.set(type, (check = compile(type)));
  return check(value);
}

function compile(type: string): Check {
  if (type.endsWith('?')) return (value) => (value === '' ? undefined : wrongWith(value, type.slice(0, -1)));
  if (type.includes('|') || type.startsWith('only:')) return oneOf(type.replace('only:', '').split('|'));
  const [, name = '', low, high] = /^([\w-]+)(?:\{(-?\d+),(-?\d+)\})?$/.exec(type) ?? [];
  if (name === 'string') return low === undefined ? () => undefined : lengths(Number(low), Number(high));
  if (name === 'int' && low !== undefined) return whole(BigInt(low), BigInt(high!));
  const check = NAMED[name];
  if (!check) throw new InputError(`A stanza definition names the type ${JSON.stringify(type)}, which there is not.`);
  return check;
}

/** White space around a value means nothing but in plain strings (XML Schema part 2, §4.3.6). */
const collapsed = (value: string): string => value.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '');

const quoted = (value: string): string => (value === '' ? 'the empty text' : `“${value.length > 40 ? `${value.slice(0, 39)}…` : value}”`);

function oneOf(values: readonly string[]): Check {
  return (value) => (values.includes(collapsed(value)) ? undefined : `is ${quoted(value)}, which is none of ${values.join(', ')}`);
}
function lengths(low: number, high: number): Check {
  return (value) => {
    const length = [...value].length;
    return length < low ? `is shorter than ${low} characters` : length > high ? `is longer than ${high} characters` : undefined;
  };
}
function whole(low: bigint, high: bigint | undefined): Check {
  const sign = low < 0n || high === undefined ? /^[+-]?\d+$/ : /^\d+$/;
  const range = high === undefined ? `from ${low} up` : `from ${low} to ${high}`;
  return (value) => {
    const text = collapsed(value);
    if (!sign.test(text)) return `is ${quoted(value)}, which is no whole number`;
    const number = BigInt(text.replace('+', ''));
    return number < low || (high !== undefined && number > high) ? `is ${quoted(value)}, which is no whole number ${range}` : undefined;
  };
}
function pattern(expression: RegExp, what: string): Check {
  return (value) => (expression.test(collapsed(value)) ? undefined : `is ${quoted(value)}, which is no ${what}`);
}

const LANGUAGE = pattern(/^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/, 'language tag, such as en or pt-BR');

const NAMED: Readonly<Record<string, Check>> = {
  uri: () => undefined,
  jid: wrongAddress,
  nmtoken: pattern(new RegExp(`^[${NAME_CHAR}:]+$`), 'token: letters, digits and - _ . : only'),
  nmtokens: pattern(new RegExp(`^[${NAME_CHAR}: ]+$`), 'list of tokens'),
  ncname: pattern(
    new RegExp(`^[${NAME_START}][${NAME_CHAR}]*$`),
    'name: it begins with a letter or _ and has letters, digits and - _ . only',
  ),
  // No language is a language too (RFC 6120 §8.1.5); white space is none.
  language: (value) => (value === '' ? undefined : LANGUAGE(value)),
  boolean: pattern(/^(true|false|0|1)$/, 'true, false, 1 or 0'),
  bit: pattern(/^[01]$/, '1 or 0'),
  decimal: pattern(/^[+-]?(\d+(\.\d*)?|\.\d+)$/, 'number'),
  base64: (value) => (bytesOfBase64(value.replace(/[\t\n\r ]/g, '')) ? undefined : 'is no base64'),
  hex: pattern(/^([0-9A-Fa-f]{2})*$/, 'row of pairs of hexadecimal digits'),
  ascii: (value) => (/^[ -~\n\r\t]*$/.test(value) ? undefined : 'has characters beyond ASCII'),
  method: (value) => (/^[A-Za-z0-9/.:_]*$/.test(value) ? undefined : 'has characters beyond letters, digits and / . : _'),
  dateTime: (value) =>
    isDateTime(collapsed(value)) ? undefined : `is ${quoted(value)}, which is no date and time such as 2026-03-01T12:00:00Z`,
  byte: whole(-128n, 127n),
  unsignedByte: whole(0n, 255n),
  unsignedShort: whole(0n, 65_535n),
  unsignedInt: whole(0n, 4_294_967_295n),
  unsignedLong: whole(0n, 18_446_744_073_709_551_615n),
  int: whole(-2_147_483_648n, 2_147_483_647n),
  count: whole(0n, undefined),
  positive: whole(1n, undefined),
};

/** Why a text is no address, in the words of the part that is wrong. */
function wrongAddress(value: string): string | undefined {
  try {
    parseJid(value);
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problem.message
      .replace(/^"[\s\S]*" is no XMPP address: its/, `is ${quoted(value)}, which is no address: its`)
      .replace(/\.$/, '');
  }
}

const DATE_TIME = /^-?(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-](\d\d):(\d\d))?$/;
function isDateTime(text: string): boolean {
  const [, year, month, day, hour, minute, second, fraction, , zoneHour, zoneMinute] = DATE_TIME.exec(text) ?? [];
  if (year === undefined || Number(year) === 0) return false;
  const [m, d, h] = [Number(month), Number(day), Number(hour)];
  const zoned = zoneHour === undefined || Number(zoneHour) * 60 + Number(zoneMinute) <= 14 * 60;
  if (
    m < 1 ||
    m > 12 ||
    d < 1 ||
    d > daysOf(Number(year), m) ||
    Number(minute) > 59 ||
    Number(second) > 59 ||
    !zoned ||
    Number(zoneMinute ?? 0) > 59
  )
    return false;
  // Midnight may be written as the end of a day.
  return h < 24 || (h === 24 && Number(minute) === 0 && Number(second) === 0 && Number(fraction ?? 0) === 0);
}
function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
