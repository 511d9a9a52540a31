/** Which commands there are, and for whom: XEP-0050 1.3.0 §2.1, §2.2. As Prosody has it, a list has what the asker may use, and nobody is told of the rest. */
import { bareOf, type Jid } from '../../../../base/jid.ts';
import { el } from '../../../../base/xml/element.ts';
import { rule, type Context, type Hook, type StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { FORM } from '../muc/forms.ts';
import { COMMANDS, type Command } from './contract.ts';

export const offerRules = {
  listed: rule(
    'xep-0050/2.2/list',
    'XEP-0050 §2.2',
    'Commands are nodes below one that is always called the same. The list has those that the one who asks may use.',
  ),
  described: rule('xep-0050/2.2/described', 'XEP-0050 §2.2', 'What this node is: a command, and that it works by forms.'),
  hidden: rule('xep-0050/2.2/forbidden', 'XEP-0050 §2.2', 'This command is for admins, so who is none is told that it is forbidden.'),
};

/** Those of all modules that are loaded here, in the order of their nodes. */
export const commandsOf = (context: Context): readonly Command[] =>
  context.modules.flatMap((m) => m.commands ?? []).toSorted((a, b) => (a.node < b.node ? -1 : 1));

export const mayUse = (context: Context, { whom }: Command, from: Jid): boolean =>
  whom === 'anyone' || context.party.host.admins.includes(bareOf(from));

const askedNode = ({ stanza }: StanzaEvent): string => payloadOf(stanza)?.attrs['node'] ?? '';
const identity = (name: string, type: string) => el('identity', NS.discoInfo, { category: 'automation', type, name });

function info(context: Context, event: StanzaEvent): boolean {
  const node = askedNode(event);
  const answer = (...content: ReturnType<typeof el>[]): true =>
    context.reply(resultOf(event.stanza, el('query', NS.discoInfo, { node }, ...content)), offerRules.described);
  if (node === COMMANDS) return answer(identity('Ad-Hoc Commands', 'command-list'));
  const command = commandsOf(context).find((c) => c.node === node);
  if (!command) return false;
  if (!mayUse(context, command, event.from))
    return context.bounce(event.stanza, 'forbidden', offerRules.hidden, { text: 'This item is not available to you' });
  const features = [COMMANDS, FORM].map((name) => el('feature', NS.discoInfo, { var: name }));
  return answer(identity(command.title, 'command-node'), ...features);
}

function items(context: Context, event: StanzaEvent): boolean {
  if (askedNode(event) !== COMMANDS) return false;
  const jid = event.stanza.attrs['to'];
  const list = commandsOf(context)
    .filter((c) => mayUse(context, c, event.from))
    .map((c) => el('item', NS.discoItems, { jid, node: c.node, name: c.title }));
  return context.reply(resultOf(event.stanza, el('query', NS.discoItems, { node: COMMANDS }, ...list)), offerRules.listed);
}

/** Before the rule that there are no nodes. */
const FIRST = 60;

/** @param kind of the party's own address. */
export const commandDisco = (kind: 'host' | 'client'): readonly Hook[] => [
  { event: `iq-get/${kind}/${NS.discoInfo}:query`, priority: FIRST, run: info },
  { event: `iq-get/${kind}/${NS.discoItems}:query`, priority: FIRST, run: items },
];
