/**
 * XMPP addresses, RFC 7622: localpart@domainpart/resourcepart, each prepared so that equal addresses are equal strings.
 * Left: domain names are lower-cased and put in NFC, not checked by IDNA 2008 (no A-label is made or read);
 * see precis.ts for what is left of PRECIS. Escaping: XEP-0106, in jid-escaping.ts.
 */
import { opaqueString, usernameCaseMapped, type Prepared } from './precis.ts';
import { InputError } from './result.ts';
import { utf8Length } from './utf8.ts';

export interface Jid {
  /** Empty where there is none. */
  readonly local: string;
  readonly domain: string;
  /** Empty where there is none. */
  readonly resource: string;
}

/** What was read before: preparing costs more than anything else that is done with an address. It changes no answer. */
const known = new Map<string, Jid>();
const MOST_KNOWN = 20_000;
/** The two that were read last: a stanza's addresses are read at each of the places that it comes through. */
let lastText = '';
let last: Jid | undefined;
let otherText = '';
let other: Jid | undefined;

/** Reads an address; throws `InputError` naming the part and the reason (§3). */
export function parseJid(text: string): Jid {
  if (text === lastText && last) return last;
  let jid = text === otherText && other ? other : known.get(text);
  if (!jid) {
    jid = prepared(text);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, jid);
  }
  otherText = lastText;
  other = last;
  lastText = text;
  return (last = jid);
}

function prepared(text: string): Jid {
  const slash = text.indexOf('/');
  const front = slash < 0 ? text : text.slice(0, slash);
  const at = front.indexOf('@');
  return {
    local: at < 0 ? '' : part(text, 'localpart', localOf(front.slice(0, at))),
    domain: part(text, 'domainpart', domainOf(front.slice(at + 1))),
    resource: slash < 0 ? '' : part(text, 'resourcepart', opaqueString(text.slice(slash + 1))),
  };
}

/** Reads an address that may be wrong: `undefined` then. */
export function tryParseJid(text: string): Jid | undefined {
  try {
    return parseJid(text);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

export function formatJid(jid: Jid): string {
  const { local, domain, resource } = jid;
  return resource === '' ? bareOf(jid) : textOf(jid, fullTexts, () => `${local && `${local}@`}${domain}/${resource}`);
}

/** The address without its resource, as text. */
export function bareOf(jid: Jid): string {
  const { local, domain } = jid;
  return local === '' ? domain : textOf(jid, bareTexts, () => `${local}@${domain}`);
}

/** The same text each time, so that what is looked up by it need not be read again. */
const fullTexts = new WeakMap<Jid, string>();
const bareTexts = new WeakMap<Jid, string>();
function textOf(jid: Jid, texts: WeakMap<Jid, string>, make: () => string): string {
  const before = texts.get(jid);
  if (before !== undefined) return before;
  const made = make();
  texts.set(jid, made);
  return made;
}

/** Whether that is its address without the resource; both are prepared. */
export function hasBare({ local, domain }: Jid, bare: string): boolean {
  const at = local.length;
  if (at === 0) return bare === domain;
  return bare.length === at + 1 + domain.length && bare[at] === '@' && bare.startsWith(local) && bare.endsWith(domain);
}

/** Both are prepared, so comparison is of code points (§3.3.1: localpart folded; §3.4: resource case-sensitive). */
export function sameJid(a: Jid, b: Jid): boolean {
  return a.local === b.local && a.domain === b.domain && a.resource === b.resource;
}

/** §3.3: what a name may have by PRECIS, but these seven signs and the space delimit or confuse addresses. */
function localOf(text: string): Prepared {
  const prepared = usernameCaseMapped(text);
  if (!prepared.ok) return prepared;
  const sign = /["&'/:<>@]/.exec(prepared.text);
  return sign ? { ok: false, why: `contains ${sign[0]}, which stands escaped in a localpart (XEP-0106)` } : prepared;
}

function domainOf(text: string): Prepared {
  // §3.2: one final dot is left out before anything else.
  const name = text.replace(/\.$/, '').toLowerCase().normalize('NFC');
  if (name === '') return { ok: false, why: 'is empty' };
  if (/^\[[0-9a-f:.]+\]$/.test(name)) return { ok: true, text: name };
  const wrong = /[^\p{L}\p{M}\p{N}.\-·]/u.exec(name);
  if (wrong) return { ok: false, why: `contains "${wrong[0]}", which no host name contains` };
  for (const label of name.split('.')) {
    if (label === '') return { ok: false, why: 'has an empty label' };
    if (label.startsWith('-') || label.endsWith('-'))
      return { ok: false, why: `has the label "${label}", which begins or ends with a hyphen` };
    if (utf8Length(label) > 63) return { ok: false, why: 'has a label of more than 63 bytes' };
  }
  return { ok: true, text: name };
}

function part(whole: string, name: string, prepared: Prepared): string {
  const why = !prepared.ok ? prepared.why : utf8Length(prepared.text) > 1023 ? 'is longer than 1023 bytes' : undefined;
  if (!prepared.ok || why !== undefined) {
    const shown = whole.length > 80 ? `${whole.slice(0, 80)}…` : whole;
    throw new InputError({
      message: `"${shown}" is no XMPP address: its ${name} ${why} (RFC 7622).`,
      hint: 'Write it as name@domain or name@domain/resource.',
    });
  }
  return prepared.text;
}
