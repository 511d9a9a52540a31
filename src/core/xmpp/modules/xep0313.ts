/**
 * XEP-0313 Message Archive Management 1.1.3 (2025-05-20, https://xmpp.org/extensions/xep-0313.html) §3 archives, §4 queries, §5 what is kept and who wants it (XEP-0441 for the
 * preferences), §6 on a user’s own archive; ids by XEP-0359 0.7. As Prosody does it: chat states are left out of what is kept; a `stanza-id` that somebody else has made stays
 * in what is delivered beside the true one; the sender is not told the id in the own archive.
 * Simplified: nothing expires (Prosody keeps a week and 10,000 messages); rooms keep no archive; an id that a client claims for its own account is taken out of what it
 * sends to other servers, too, where Prosody leaves it.
 */
import { bareOf } from '../../../base/jid.ts';
import { child, childText, el, elements } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';
import { extended, payloadOf, resultOf } from '../stanza.ts';
import {
  archive,
  archives,
  MAM,
  preferences,
  preferencesOf,
  readPreferences,
  STANZA_ID,
  withoutIdsOf,
  writePreferences,
} from './mam/archive.ts';
import { metadataOf, pageOf, queryForm, readQuery } from './mam/query.ts';
import { pageSet } from './xep0059.ts';
import { FORWARD } from './xep0280.ts';
import { stampOf } from './xep0203.ts';

const rules = {
  result: rule(
    'xep-0313/4.2/result',
    'XEP-0313 §4.2',
    'One message of the archive that the query has found, as it was then, with its id there and the time at which it was kept.',
  ),
  fin: rule(
    'xep-0313/4.2/fin',
    'XEP-0313 §4.2, §4.3, XEP-0059 §2',
    'The page is over: the ids of its ends to go on from, how many messages fit in all, and whether there are more of them.',
  ),
  form: rule('xep-0313/4.1.5/form', 'XEP-0313 §4.1.5', 'The fields that messages of this archive can be sought by.'),
  badForm: rule(
    'xep-0313/4.1/bad-form',
    'XEP-0313 §4.1',
    'The form is no query of an archive, or one of its values cannot be read: bad-request.',
  ),
  noItem: rule(
    'xep-0313/4.3/item-not-found',
    'XEP-0313 §4.3.1, XEP-0059 §2.1',
    'The page should begin at a message that is not among those found: item-not-found, so that the client knows that it has missed something.',
  ),
  preferences: rule('xep-0441/2/preferences', 'XEP-0441 §2', 'Whose messages this user wants kept, and whose not.'),
  metadata: rule('xep-0313/4.1/metadata', 'XEP-0313 §5', 'The ends of the archive: ids and times of its first message and its last.'),
};

/** Full addresses that have asked for the archive: they do not need what was stored for who is offline. */
const readers = slice<readonly string[]>('archive-readers', []);

function query(context: Context, event: StanzaEvent): boolean {
  const { stanza, session } = event;
  const asked = payloadOf(stanza);
  if (!asked || session === undefined) return false;
  if (!context.get(readers).includes(session)) context.set(readers, [...context.get(readers), session]);
  const wish = readQuery(asked);
  if (typeof wish === 'string') return context.bounce(stanza, 'bad-request', rules.badForm, { text: wish });
  const page = pageOf(context.get(archives)[bareOf(event.to)] ?? [], wish);
  if (!page) {
    // RFC 6120 §8.3.3.7 has `cancel`.
    const type = context.profile === 'prosody' ? ({ type: 'modify' } as const) : {};
    return context.bounce(stanza, 'item-not-found', rules.noItem, type);
  }
  for (const { id, when, stanza: kept } of page.items) {
    const forwarded = el('forwarded', FORWARD, {}, el('delay', NS.delay, { stamp: stampOf(when * 1_000_000) }), kept);
    const result = el('result', MAM, { queryid: asked.attrs['queryid'], id }, forwarded);
    context.deliver(session, el('message', NS.client, { to: session, from: stanza.attrs['to'] }, result), rules.result, false);
  }
  const isComplete = page.complete && (context.profile === 'prosody' || wish.max > 0 || page.count === 0);
  const fin = el('fin', MAM, { complete: isComplete ? 'true' : undefined }, pageSet(page.first, page.last, page.count));
  return context.reply(resultOf(stanza, fin), rules.fin);
}

function setPreferences(context: Context, event: StanzaEvent): boolean {
  const prefs = payloadOf(event.stanza);
  if (!prefs) return false;
  context.set(preferences, { ...context.get(preferences), [bareOf(event.to)]: readPreferences(prefs) });
  return showPreferences(context, event);
}

const showPreferences = (context: Context, event: StanzaEvent): true =>
  context.reply(resultOf(event.stanza, writePreferences(preferencesOf(context, bareOf(event.to)))), rules.preferences);

function metadata(context: Context, event: StanzaEvent): true {
  const kept = context.get(archives)[bareOf(event.to)] ?? [];
  return context.reply(resultOf(event.stanza, metadataOf(kept)), rules.metadata);
}

/** What comes for a user of this server, or is sent by one. */
function keep(context: Context, event: StanzaEvent, of: string, other: string): false {
  const bare = `${of}@${context.party.name}`;
  const clean = withoutIdsOf(bare, event.stanza);
  // What is kept has no mark that others made in this account's name; Prosody leaves it.
  const given = context.profile === 'prosody' ? event.stanza : clean;
  const id = archive(context, of, other, given);
  event.stanza = id === undefined ? clean : extended(given, el('stanza-id', STANZA_ID, { by: bare, id }));
  return false;
}

/** Whether a message is in the archive of the user of a session who reads it. */
function isArchived({ session, stanza, to }: StanzaEvent, context: Context): boolean {
  if (session === undefined || !context.get(readers).includes(session)) return false;
  const bare = bareOf(to);
  return elements(stanza).some((c) => c.name === 'stanza-id' && c.ns === STANZA_ID && c.attrs['by'] === bare);
}

export const xep0313: Module = {
  id: 'xep-0313',
  title: 'Message archive',
  spec: 'XEP-0313',
  version: '1.1.3',
  places: ['server'],
  optional: true,
  accountFeatures: [MAM, `${MAM}#extended`, STANZA_ID],
  rules,
  hooks: [
    { event: `iq-set/self/${MAM}:query`, run: query },
    {
      event: `iq-get/self/${MAM}:query`,
      run: (context, event) => context.reply(resultOf(event.stanza, el('query', MAM, {}, queryForm())), rules.form),
    },
    { event: `iq-get/self/${MAM}:prefs`, run: showPreferences },
    { event: `iq-set/self/${MAM}:prefs`, run: setPreferences },
    { event: `iq-get/self/${MAM}:metadata`, run: metadata },
    // Before carbons, so that copies have the id, too.
    {
      event: 'pre-message',
      priority: 20,
      run: (context, event) => event.to.local !== '' && keep(context, event, event.from.local, bareOf(event.to)),
    },
    // After them: the id in the own archive is nobody else's business.
    {
      event: 'pre-message',
      priority: 5,
      run(_context, event) {
        if (event.to.local !== '') event.stanza = withoutIdsOf(bareOf(event.from), event.stanza);
        return false;
      },
    },
    ...['self', 'bare', 'full', 'passing'].map((kind) => ({
      event: `message/${kind}`,
      priority: 20,
      run: (context: Context, event: StanzaEvent) => keep(context, event, event.to.local, bareOf(event.from)),
    })),
    { event: 'archived-for-session', run: (context, event) => isArchived(event, context) },
    { event: 'offline-delivery', run: (context, { session }) => session !== undefined && context.get(readers).includes(session) },
    {
      event: 'session-end',
      priority: 10,
      run(context, { session }) {
        const left = context.get(readers).filter((full) => full !== session);
        if (left.length !== context.get(readers).length) context.set(readers, left);
        return false;
      },
    },
  ],
  inspect: ({ get }) => [
    {
      type: 'table',
      key: 'archive',
      title: 'Archives',
      columns: ['Account', 'With', 'When', 'Message'],
      rows: Object.entries(get(archives)).flatMap(([bare, kept]) =>
        kept.map((a) => ({
          key: a.id,
          cells: [
            { text: bare },
            { text: a.with },
            { text: stampOf(a.when * 1_000_000) },
            { text: childText(a.stanza, 'body') ?? (child(a.stanza, 'subject') ? 'a subject' : 'without a body') },
          ],
        })),
      ),
      empty: 'Nothing yet.',
    },
  ],
};
