/** XEP-0202 Entity Time 2.0 (2009-09-11, https://xmpp.org/extensions/xep-0202.html) §3: simulated time, which is the same everywhere and in UTC. */
import { el } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { resultOf } from '../stanza.ts';
import { stampOf } from './xep0203.ts';

const TIME = 'urn:xmpp:time';

const rules = { time: rule('xep-0202/3/time', 'XEP-0202 §3', 'The time at this entity, and how far its zone is from UTC.') };

const time = (context: Context, event: StanzaEvent): true =>
  context.reply(
    resultOf(event.stanza, el('time', TIME, {}, el('tzo', TIME, {}, '+00:00'), el('utc', TIME, {}, stampOf(context.tick)))),
    rules.time,
  );

export const xep0202: Module = {
  id: 'xep-0202',
  title: 'Entity time',
  spec: 'XEP-0202',
  version: '2.0',
  places: ['server', 'client'],
  features: [TIME],
  rules,
  hooks: ['host', 'client'].map((kind) => ({ event: `iq-get/${kind}/${TIME}:time`, run: time })),
};
