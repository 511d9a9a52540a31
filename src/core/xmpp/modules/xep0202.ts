/**
 * XEP-0202 Entity Time 2.0 (2009-09-11, https://xmpp.org/extensions/xep-0202.html) §3: simulated time, which is the same everywhere and in UTC; and the older XEP-0090 1.2 (2008-02-05, obsolete,
 * https://xmpp.org/extensions/xep-0090.html) §2, which Prosody answers still, without zone and words. As Prosody does it, a server answers for its accounts, whether they exist or not.
 */
import { el, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Hook, type Module, type StanzaEvent } from '../module.ts';
import { resultOf } from '../stanza.ts';
import { stampOf } from './xep0203.ts';

const TIME = 'urn:xmpp:time';
const OLD_TIME = 'jabber:iq:time';

const rules = {
  time: rule('xep-0202/3/time', 'XEP-0202 §3', 'The time at this entity, and how far its zone is from UTC.'),
  old: rule('xep-0090/2/time', 'XEP-0090 §2', 'The time, as it was asked for before XEP-0202: still answered, without the zone.'),
};

const answering =
  (make: (tick: number) => Element, why: (typeof rules)['time']) =>
  (context: Context, event: StanzaEvent): true =>
    context.reply(resultOf(event.stanza, make(context.tick)), why);

const time = answering((tick) => el('time', TIME, {}, el('tzo', TIME, {}, '+00:00'), el('utc', TIME, {}, stampOf(tick))), rules.time);
/** `20110501T00:00:00`, as stamps were before XEP-0082. */
const oldTime = answering(
  (tick) => el('query', OLD_TIME, {}, el('utc', OLD_TIME, {}, stampOf(tick).replaceAll('-', '').replace('Z', ''))),
  rules.old,
);

const asked = (kind: string): Hook => ({ event: `iq-get/${kind}/${TIME}:time`, run: time });

export const xep0202: Module = {
  id: 'xep-0202',
  title: 'Entity time',
  spec: 'XEP-0202',
  version: '2.0',
  places: ['server', 'client'],
  features: [TIME],
  rules: { time: rules.time },
  hooks: [asked('host'), asked('bare'), asked('client')],
};

export const xep0090: Module = {
  id: 'xep-0090',
  title: 'Time, as it was asked for before',
  spec: 'XEP-0090',
  version: '1.2',
  places: ['server'],
  features: [OLD_TIME],
  rules: { old: rules.old },
  hooks: ['host', 'bare'].map((kind) => ({ event: `iq-get/${kind}/${OLD_TIME}:query`, run: oldTime })),
};
