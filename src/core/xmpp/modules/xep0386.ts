/**
 * XEP-0386 Bind 2 1.0.0 (2024-04-04, https://xmpp.org/extensions/xep-0386.html) §3, in SASL2 (XEP-0388): a resource is bound, and features of the session are enabled, in the step that
 * authenticates; with XEP-0198 1.6.3 §3 and §5 (a resumption comes first, and makes binding needless), XEP-0280, XEP-0313 (where its archive ends) and XEP-0352.
 * As Prosody's mod_sasl2_bind2 does it: the resource is the client's tag and, after `~`, what is always the same for one `<user-agent/>`; without a tag the server
 * makes it up. So an earlier session of the same client, with the same tag, is ended. In the profile `rfc` what lies between is a `/`, and offline messages
 * are given up where there is an archive.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { base64 } from '../../../base/base64.ts';
import { bareOf, parseJid } from '../../../base/jid.ts';
import { utf8 } from '../../../base/utf8.ts';
import { append, child, childText, el, elements, type Element } from '../../../base/xml/element.ts';
import type { Rule } from '../../kernel/model.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { streamOn, type Stream } from '../server/streams.ts';
import { slice } from '../slice.ts';
import { bindResource } from './rfc6120-bind.ts';
import { offlineMessages } from './xep0160.ts';

const SM = 'urn:xmpp:sm:3';
const CARBONS = 'urn:xmpp:carbons:2';
const CSI = 'urn:xmpp:csi:0';
const METADATA = 'iq-get/self/urn:xmpp:mam:2:metadata';

const rules = {
  given: rule(
    'xep-0386/3.2/offline-given-up',
    'XEP-0386 §3.2',
    'The client reads its archive, so what was kept for it while it was away is not delivered as well: it is given up.',
  ),
};

/** What may be asked for with the binding, and the event that does it. */
const INLINE: readonly { readonly ns: string; readonly names: readonly string[]; event(name: string): string }[] = [
  { ns: CARBONS, names: ['enable'], event: (name) => `iq-set/self/${CARBONS}:${name}` },
  { ns: CSI, names: ['active', 'inactive'], event: (name) => `stream/${CSI}:${name}` },
  { ns: SM, names: ['enable'], event: (name) => `stream/${SM}:${name}` },
];

const hooksOf = (context: Context, event: string) => context.modules.flatMap((m) => m.hooks.filter((hook) => hook.event === event));

interface Said {
  readonly item: Element;
  readonly why: Rule;
  readonly relays: number;
}
/** Said on the stream in the same step, behind the answer; by the stream's link. */
const waiting = slice<Readonly<Record<number, readonly Said[]>>>('bind2', {});

/** Has a feature's own module do what it does when asked by itself, and keeps what it would answer. */
function inline(context: Context, event: string, about: StanzaEvent): readonly Said[] {
  const said: Said[] = [];
  const link = about.stream?.link;
  const kept: Pick<Context, 'put' | 'reply'> = {
    put(to, item, why, relays = -1, answers = -1) {
      if (to === link) said.push({ item, why, relays });
      else context.put(to, item, why, relays, answers);
    },
    reply: (stanza, why) => (said.push({ item: stanza, why, relays: -1 }), true),
  };
  const quiet = new Proxy(context, {
    get(target, name: keyof Context) {
      if (name === 'put' || name === 'reply') return kept[name];
      const own: unknown = target[name];
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
  hooksOf(context, event).some((hook) => hook.run(quiet, about));
  return said;
}

function offer(context: Context, event: StanzaEvent): boolean {
  const able = INLINE.filter(({ names, event: name }) => names.some((n) => hooksOf(context, name(n)).length > 0));
  const features = able.map(({ ns }) => el('feature', NS.bind2, { var: ns }));
  const bind = el('bind', NS.bind2, {}, ...(features.length > 0 ? [el('inline', NS.bind2, {}, ...features)] : []));
  const resumable = hooksOf(context, `stream/${SM}:resume`).length > 0;
  event.stanza = append(event.stanza, bind, ...(resumable ? [el('sm', SM)] : []));
  return false;
}

function answer(context: Context, event: StanzaEvent): boolean {
  const { request, stream } = event;
  const now = stream && streamOn(context, stream.link);
  if (!request || !now) return false;
  const asked = child(request, 'resume', SM);
  const resumption = asked ? inline(context, `stream/${SM}:resume`, ofStream(asked, now)) : [];
  const [told, ...rest] = resumption;
  const after = streamOn(context, now.link);
  if (told?.item.ns === SM) event.stanza = append(event.stanza, told.item);
  // The old session could not be gone on with, and the connection was closed for it.
  else if (told) for (const { item, why } of resumption) context.put(now.link, item, why);
  context.set(waiting, { ...context.get(waiting), [now.link]: rest });
  if (!after || after.full !== '') return false;
  const bind = child(request, 'bind', NS.bind2);
  if (bind) event.stanza = append(event.stanza, bindInline(context, after, bind, child(request, 'user-agent')?.attrs['id']));
  return false;
}

const ofStream = (stanza: Element, stream: Stream): StanzaEvent => {
  const from = parseJid(stream.full === '' ? `${stream.user}@${stream.host}` : stream.full);
  return { stanza, to: { ...from, resource: '' }, from, session: stream.full === '' ? undefined : stream.full, stream };
};

function bindInline(context: Context, stream: Stream, bind: Element, client: string | undefined): Element {
  const bound = bindResource(context, stream, resourceFor(context, childText(bind, 'tag') ?? '', client));
  giveUpOffline(context, bound);
  const answers = elements(bind).flatMap((wish) => {
    const able = INLINE.find(({ ns, names }) => ns === wish.ns && names.includes(wish.name));
    return able ? inline(context, able.event(wish.name), ofStream(wish, bound)) : [];
  });
  const asked = inline(context, METADATA, ofStream(el('iq', NS.client, { type: 'get' }, el('metadata', 'urn:xmpp:mam:2')), bound));
  const metadata = asked.flatMap(({ item }) => elements(item).filter((c) => c.name === 'metadata'));
  return el('bound', NS.bind2, {}, ...metadata, ...answers.map(({ item }) => item).filter((item) => item.ns === SM));
}

function resourceFor(context: Context, tag: string, client: string | undefined): string | undefined {
  if (tag === '') return undefined;
  const own = client === undefined ? context.makeId('resource').slice(0, 12) : base64(sha1(utf8(client)).subarray(0, 9));
  return `${tag}${context.profile === 'rfc' ? '/' : '~'}${own}`;
}

/** §3.2. Prosody delivers them upon the first presence all the same. */
function giveUpOffline(context: Context, stream: Stream): void {
  if (context.profile !== 'rfc' || hooksOf(context, METADATA).length === 0) return;
  const { [bareOf(parseJid(stream.full))]: kept, ...rest } = context.get(offlineMessages);
  if (!kept) return;
  context.set(offlineMessages, rest);
  context.decline(rules.given);
}

function done(context: Context, { stream }: StanzaEvent): boolean {
  if (!stream) return false;
  const { [stream.link]: said = [], ...rest } = context.get(waiting);
  context.set(waiting, rest);
  for (const { item, why, relays } of said) context.put(stream.link, item, why, relays);
  return false;
}

export const xep0386: Module = {
  id: 'xep-0386',
  title: 'Bind 2',
  spec: 'XEP-0386',
  version: '1.0.0',
  places: ['server'],
  optional: true,
  rules,
  hooks: [
    { event: 'sasl2/inline', run: offer },
    { event: 'sasl2/success', run: answer },
    { event: 'sasl2/done', run: done },
  ],
};
