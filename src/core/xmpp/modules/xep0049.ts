/** XEP-0049 Private XML Storage 1.2 (2004-03-01, https://xmpp.org/extensions/xep-0049.html) §3: one element of each name and namespace for each account. */
import { el, elements, type Element } from '../../../base/xml/element.ts';
import { bareOf } from '../../../base/jid.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { store } from '../slice.ts';
import { payloadOf, resultOf } from '../stanza.ts';

const PRIVATE = 'jabber:iq:private';

const rules = {
  get: rule(
    'xep-0049/3/get',
    'XEP-0049 §3',
    'The server gives back what was stored under this name and namespace; where nothing was, the empty element as it was asked.',
  ),
  set: rule('xep-0049/3/set', 'XEP-0049 §3', 'The server stored the element for the account, in place of the one before it.'),
  format: rule(
    'xep-0049/3/bad-format',
    'XEP-0049 §3',
    'There must be exactly one element to store or to fetch; Prosody’s word for anything else is bad-request.',
  ),
};

/** By account, then by namespace and name. */
const kept = store<Readonly<Record<string, Readonly<Record<string, Element>>>>>('private', {});

function handle(context: Context, event: StanzaEvent): boolean {
  const query = payloadOf(event.stanza);
  const [wanted, ...more] = query ? elements(query) : [];
  if (!wanted || more.length > 0) return context.bounce(event.stanza, 'bad-request', rules.format);
  const bare = bareOf(event.to);
  const own = context.get(kept)[bare] ?? {};
  const key = `${wanted.ns} ${wanted.name}`;
  if (event.stanza.attrs['type'] === 'get')
    return context.reply(resultOf(event.stanza, el('query', PRIVATE, {}, own[key] ?? wanted)), rules.get);
  const { [key]: _before, ...rest } = own;
  const now = wanted.children.length === 0 ? rest : { ...rest, [key]: wanted };
  context.set(kept, { ...context.get(kept), [bare]: now });
  return context.reply(resultOf(event.stanza), rules.set);
}

export const xep0049: Module = {
  id: 'xep-0049',
  title: 'Private XML storage',
  spec: 'XEP-0049',
  version: '1.2',
  places: ['server'],
  features: [PRIVATE],
  rules,
  hooks: ['get', 'set'].map((type) => ({ event: `iq-${type}/self/${PRIVATE}:query`, run: handle })),
};
