/** Carbons, the client's side: XEP-0280 §7, §11. Only the own account makes copies; what claims to be one and comes from elsewhere is dropped. */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { child, type Element } from '../../../base/xml/element.ts';
import { rule, type Module } from '../module.ts';
import { CARBONS, FORWARD } from '../modules/xep0280.ts';
import { NS } from '../namespaces.ts';
import { keepSeen } from './messages.ts';
import { ownJid } from './stream.ts';

const rules = {
  forged: rule(
    'xep-0280/11/forged',
    'XEP-0280 §11',
    'This claims to be a copy of a message, but it is not from the own account: somebody wants to put words into another’s mouth. The client ignores it.',
  ),
};

/** What a copy is of; `undefined` for what is no copy. */
function copied(stanza: Element): Element | undefined {
  const carbon = child(stanza, 'sent', CARBONS) ?? child(stanza, 'received', CARBONS);
  const forwarded = carbon && child(carbon, 'forwarded', FORWARD);
  return forwarded && child(forwarded, 'message', NS.client);
}

export const clientCarbons: Module = {
  id: 'xep-0280-client',
  title: 'Carbons, the client’s side',
  spec: 'XEP-0280',
  version: '1.0.1',
  places: ['client'],
  rules,
  hooks: [
    {
      event: 'message/client',
      // Before any agent: a copy is not to be answered.
      priority: 100,
      run(context, { stanza, from }) {
        const inner = copied(stanza);
        if (!inner) return false;
        if (formatJid(from) !== bareOf(ownJid(context))) return context.drop(rules.forged);
        keepSeen(context, inner, 'copy');
        return true;
      },
    },
  ],
};
