/**
 * Presence that goes to somebody who is not subscribed to it. RFC 6121 §4.2.2: a server broadcasts it to those who have a subscription `from` or `both`.
 * Whoever writes a `to` sends it there on purpose (§4.6), and a room's occupants see it in another way. What the server holds is read from the
 * rosters and roster pushes that it sends; of a user whose roster nobody has seen nothing is said.
 */
import { elements, type Element } from '../../../base/xml/element.ts';
import { EntityKind } from '../../../protocol/scene.ts';
import { ofMessage, type Finder } from './finder.ts';

const ROSTER = 'jabber:iq:roster';
const MUC = /^http:\/\/jabber\.org\/protocol\/muc/;
const bare = (jid: string): string => jid.split('/')[0]!;

export const leakedPresence: Finder = {
  id: 'presence-leaked',
  severity: 'error',
  title: 'Presence reaches somebody who is not subscribed',
  source: 'RFC 6121 §4.2.2',
  watch(context, report) {
    const { journal, stage } = context;
    const { messages, stanzas } = journal;
    /** By user: contacts, with how they are subscribed. */
    const rosters = new Map<string, Map<string, string>>();
    const learn = (message: number, stanza: Element): void => {
      const to = messages.to.get(message);
      const query = elements(stanza).find(({ name, ns }) => name === 'query' && ns === ROSTER);
      if (!query || stage.entities.kind[to] !== EntityKind.client) return;
      const user = bare(stage.entities.jid[to] ?? '');
      let roster = rosters.get(user);
      if (!roster) rosters.set(user, (roster = new Map()));
      for (const { attrs } of elements(query)) roster.set(attrs['jid'] ?? '', attrs['subscription'] ?? 'none');
    };
    return {
      sent(message, ordinal) {
        const stanza = stanzas.get(message);
        if (stanza?.name === 'iq' && stanza.attrs['type'] !== 'get') learn(message, stanza);
        const relays = messages.relays.get(message);
        if (stanza?.name !== 'presence' || stanza.attrs['type'] !== undefined || relays < 0) return;
        if (stanzas.get(relays)?.attrs['to'] !== undefined || elements(stanza).some(({ ns }) => MUC.test(ns))) return;
        const [from, to] = [bare(stanza.attrs['from'] ?? ''), bare(stanza.attrs['to'] ?? '')];
        const subscription = rosters.get(from)?.get(to) ?? 'none';
        if (from === to || to === '' || !rosters.has(from) || subscription === 'from' || subscription === 'both') return;
        report(
          Math.max(1, ordinal),
          ofMessage(message),
          () => `${to} is told that ${from} is available, whose roster says “${subscription}”.`,
        );
      },
    };
  },
};
