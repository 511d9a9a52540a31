/**
 * XEP-0092 Software Version 1.1 (2007-02-15, https://xmpp.org/extensions/xep-0092.html) §3. A server answers as the one that its behaviour
 * follows; what it runs on is the simulation.
 */
import { el } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { resultOf } from '../stanza.ts';

const VERSION = 'jabber:iq:version';

const rules = {
  version: rule('xep-0092/3/version', 'XEP-0092 §3', 'The name and the version of the software. A server says whose behaviour it follows.'),
};

const SOFTWARE = { prosody: ['Prosody', '0.12.3'], rfc: ['Stanzascope', '1'] } as const;

function version(context: Context, event: StanzaEvent): true {
  const [name, number] = context.party.place === 'client' ? ['Stanzascope', '1'] : SOFTWARE[context.profile];
  const content = Object.entries({ name, version: number, os: 'Stanzascope' }).map(([tag, text]) => el(tag, VERSION, {}, text));
  return context.reply(resultOf(event.stanza, el('query', VERSION, {}, ...content)), rules.version);
}

export const xep0092: Module = {
  id: 'xep-0092',
  title: 'Software version',
  spec: 'XEP-0092',
  version: '1.1',
  places: ['server', 'client'],
  features: [VERSION],
  rules,
  hooks: ['host', 'client'].map((kind) => ({ event: `iq-get/${kind}/${VERSION}:query`, run: version })),
};
