/**
 * XEP-0220 Server Dialback (version 1.1.1, 2015-03-12, https://xmpp.org/extensions/xep-0220.html) with the keys of XEP-0185 (1.0, 2007-02-15): who opened a
 * stream gives a key that only its domain can have made; who took it asks that domain, on its own stream to it. §2.1, §2.2.
 * As Prosody does it: a domain that is not served here ends the stream (host-unknown), a key that is not valid leaves it open, and what cannot be asked
 * is not answered; the profile `rfc` has the errors of §2.5 and closes the stream. Left: piggybacking (§2.6).
 * Simplified: a secret is made anew each time a host starts, as Prosody does where none is configured.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { tryParseJid } from '../../../base/jid.ts';
import { utf8 } from '../../../base/utf8.ts';
import { el, textOf, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { closeLink } from '../server/s2s.ts';
import { established, sendToDomain } from '../server/s2s-out.ts';
import { endStream, keepStream, streams, type Stream } from '../server/streams.ts';
import { slice } from '../slice.ts';

const rules = {
  key: rule(
    'xep-0220/2.1.1/key',
    'XEP-0220 §2.1.1, XEP-0185 §2',
    'The other server offers dialback, so this one gives it a key: an HMAC of both domains and of the stream’s id, with a secret that only this domain has.',
  ),
  ask: rule(
    'xep-0220/2.1.2/verify',
    'XEP-0220 §2.1.2',
    'Anybody can claim to be that domain. So its key is taken, by a stream of our own, to where the domain really is, with the question whether it made it.',
  ),
  verdict: rule(
    'xep-0220/2.2.2/verdict',
    'XEP-0220 §2.2.2',
    'The server makes the key once more from its secret, the two domains and the stream’s id, and says whether they are the same.',
  ),
  result: rule(
    'xep-0220/2.2.1/result',
    'XEP-0220 §2.2.1',
    'The domain has said whether the key is its own, and the server that gave it is told: from now on its stanzas are taken, or they never will be.',
  ),
  error: rule('xep-0220/2.5/error', 'XEP-0220 §2.5', 'The key could not be judged, so whoever gave it is told why. The stream lives on.'),
  ignored: rule('xep-0220/2.1.2/ignored', 'XEP-0220 §2.1.2', 'A verdict that nobody here asked for is passed over.'),
};

const secret = slice('dialback-secret', '');

/** XEP-0185 §2: in hexadecimal digits. */
export function dialbackKey(secretText: string, receiving: string, originating: string, id: string): string {
  return hex(hmac(sha256, utf8(hex(sha256(utf8(secretText)))), utf8(`${receiving} ${originating} ${id}`)));
}
const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

function ownSecret(context: Context): string {
  if (context.get(secret) === '') context.set(secret, context.makeId('dialback-secret'));
  return context.get(secret);
}

const dialback = (name: 'result' | 'verify', attrs: Readonly<Record<string, string | undefined>>, key: string): Element =>
  el(name, NS.dialback, attrs, ...(key === '' ? [] : [key]));

/** §2.1.1: on the stream that this host has opened. */
function giveKey(context: Context, { stream }: StanzaEvent): boolean {
  if (!stream || stream.user !== '') return false;
  const key = dialbackKey(ownSecret(context), stream.remote, stream.host, stream.id);
  keepStream(context, { ...stream, key });
  context.put(stream.link, dialback('result', { from: stream.host, to: stream.remote }, key), rules.key);
  return true;
}

/** §2.2.1, §2.1.2: a key has come; it is taken to the domain that it claims to be of. */
function takeKey(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream) return false;
  const [to, from] = [tryParseJid(stanza.attrs['to'] ?? '')?.domain, tryParseJid(stanza.attrs['from'] ?? '')?.domain];
  if (to === undefined || from === undefined) closeLink(context, stream, 'improper-addressing');
  else if (to !== context.party.name) {
    if (context.profile === 'rfc') context.put(stream.link, failed('result', { from: to, to: from }, 'item-not-found'), rules.error);
    else closeLink(context, stream, 'host-unknown');
  } else {
    const key = textOf(stanza);
    keepStream(context, { ...stream, remote: from, key });
    const question = dialback('verify', { from: to, to: from, id: stream.id }, key);
    sendToDomain(context, from, { item: question, why: rules.ask, relays: context.row, answers: -1 });
  }
  return true;
}

/** §2.2.2: whether a key is of this host's own making. */
function judge(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream) return false;
  const { to = '', from = '', id = '', type } = stanza.attrs;
  if (type !== undefined) return context.drop(rules.ignored);
  if (to !== context.party.name && context.profile === 'rfc') {
    context.put(stream.link, failed('verify', { from: to, to: from, id }, 'item-not-found'), rules.error, -1, context.row);
    return true;
  }
  const key = textOf(stanza);
  const verdict = key === dialbackKey(ownSecret(context), from, to, id) ? 'valid' : 'invalid';
  context.put(stream.link, dialback('verify', { from: to, to: from, id, type: verdict }, key), rules.verdict, -1, context.row);
  return true;
}

/** §2.2.1: the verdict is passed on to whoever gave the key. */
function passVerdict(context: Context, { stanza, stream }: StanzaEvent): boolean {
  const { from, to, id, type } = stanza.attrs;
  const waiting = inbound(context, from, id);
  if (!stream || !waiting || from !== stream.remote) return context.drop(rules.ignored);
  const valid = type === 'valid';
  const now: Stream | undefined = valid ? authenticated(context, waiting) : waiting;
  if (!now) return true;
  // Prosody repeats the stream's id and the key, for which the schema has no place (§7.1).
  const prosody = context.profile === 'prosody';
  const attrs = { from: to, to: from, id: prosody ? id : undefined, type: valid ? 'valid' : 'invalid' };
  const verdict = dialback('result', attrs, prosody ? waiting.key : '');
  context.put(waiting.link, verdict, rules.result, context.row);
  // Checklist K03: nobody else is known on this stream.
  if (!valid && context.profile === 'rfc') endStream(context, waiting, rules.result);
  return true;
}

/** §2.5: the domain could not be asked. */
function unasked(context: Context, { stanza, unsent }: StanzaEvent): boolean {
  if (!unsent || unsent.ns !== NS.dialback || context.profile !== 'rfc') return false;
  const { from, to, id } = unsent.attrs;
  const waiting = inbound(context, to, id);
  if (!waiting) return false;
  context.put(waiting.link, failed('result', { from, to, id: undefined }, stanza.name), rules.error);
  return true;
}

const inbound = (context: Context, remote: string | undefined, id: string | undefined): Stream | undefined =>
  Object.values(context.get(streams)).find((s) => s.kind === 's2s-in' && s.id === id && s.remote === remote && s.key !== '');

function failed(name: 'result' | 'verify', attrs: Readonly<Record<string, string | undefined>>, condition: string): Element {
  const error = el('error', NS.server, { type: condition === 'remote-server-timeout' ? 'wait' : 'cancel' }, el(condition, NS.stanzas));
  return el(name, NS.dialback, { ...attrs, type: 'error' }, error);
}

/** A server that uses TLS takes nobody's word without. */
function authenticated(context: Context, stream: Stream): Stream | undefined {
  if (!context.party.host.tls || stream.secure) return keepStream(context, { ...stream, user: stream.remote });
  closeLink(context, stream, 'policy-violation', 'Encrypted server-to-server communication is required but was not used');
  return undefined;
}

/** The other side knows now who this host is, or does not believe it. */
function believed(context: Context, { stanza, stream }: StanzaEvent): boolean {
  if (!stream || stream.key === '') return false;
  const { from, to, type } = stanza.attrs;
  // §2.1.1: an answer must fit what was asked on this stream.
  if (to !== stream.host) closeLink(context, stream, 'host-unknown');
  else if (from !== stream.remote) closeLink(context, stream, context.profile === 'rfc' ? 'invalid-from' : 'invalid-id');
  else if (type === 'valid') {
    keepStream(context, { ...stream, user: stream.remote });
    established(context, stream.remote);
  } else closeLink(context, stream, 'not-authorized', undefined, 'dialback authentication failed');
  return true;
}

export const xep0220: Module = {
  id: 'xep-0220',
  title: 'Server dialback',
  spec: 'XEP-0220',
  version: '1.1.1',
  places: ['server', 'muc', 'mix', 'pubsub', 'upload'],
  rules,
  hostFeatures: ({ profile }) => [el('dialback', NS.dialbackFeature, {}, ...(profile === 'rfc' ? [el('errors', NS.dialbackFeature)] : []))],
  hooks: [
    // After TLS and SASL, if the other server has those to offer.
    { event: `s2s-out/${NS.streams}:features`, priority: 100, run: giveKey },
    { event: `s2s-in/${NS.dialback}:result`, run: takeKey },
    { event: `s2s-in/${NS.dialback}:verify`, run: judge },
    { event: `s2s-out/${NS.dialback}:verify`, run: passVerdict },
    { event: `s2s-out/${NS.dialback}:result`, run: believed },
    { event: 's2s/unsent', run: unasked },
  ],
};
