/** XEP-0199 XMPP Ping 2.0.1 (2019-03-26, https://xmpp.org/extensions/xep-0199.html) §4.2 client to server, §4.4 client to client; on a server for itself and its accounts. */
import { resultOf } from '../stanza.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';

const rules = {
  pong: rule('xep-0199/4/pong', 'XEP-0199 §4', 'A ping asks only whether somebody answers; the answer is an empty result.'),
};
const pong = (context: Context, event: StanzaEvent): true => context.reply(resultOf(event.stanza), rules.pong);
const PING = `${NS.ping}:ping`;

export const xep0199: Module = {
  id: 'xep-0199',
  title: 'Ping',
  spec: 'XEP-0199',
  version: '2.0.1',
  places: ['server', 'client'],
  features: [NS.ping],
  rules,
  hooks: [`iq-get/host/${PING}`, `iq-get/bare/${PING}`, `iq-get/self/${PING}`, `iq-get/client/${PING}`].map((event) => ({
    event,
    run: pong,
  })),
};
