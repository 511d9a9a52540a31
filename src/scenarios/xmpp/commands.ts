/** Commands (XEP-0050): a bot that takes orders in three stages, with one step back; and an admin's of a server (XEP-0133). */
import { LATENCIES, MS, online, scene, SECOND, sends } from './parts.ts';
import type { ClientAct } from '../../protocol/scenario.ts';

const BOT = 'hatter@wonderland.lit/teapot';
const HOST = 'wonderland.lit';
const COMMANDS = 'http://jabber.org/protocol/commands';
const ADMIN = 'http://jabber.org/protocol/admin';

const lists = (at: number, to: string, id: string): ClientAct =>
  sends(at, `<iq to='${to}' type='get' id='${id}'><query xmlns='http://jabber.org/protocol/disco#items' node='${COMMANDS}'/></iq>`);
const begins = (at: number, to: string, id: string, node: string): ClientAct =>
  sends(at, `<iq to='${to}' type='set' id='${id}'><command xmlns='${COMMANDS}' node='${node}' action='execute'/></iq>`);
/** The session is the responder's: it is taken from what it has answered. */
const remembers = (at: number, variable: string): ClientAct => ({ at: at * MS, do: 'save', pattern: "sessionid='([^']+)'", variable });
const field = (name: string, value: string): string => `<field var='${name}'><value>${value}</value></field>`;
const goesOn = (
  at: number,
  to: string,
  id: string,
  node: string,
  session: string,
  action: string,
  ...fields: readonly string[]
): ClientAct => ({
  at: at * MS,
  do: 'send',
  xml:
    `<iq to='${to}' type='set' id='${id}'><command xmlns='${COMMANDS}' node='${node}' sessionid='{{${session}}}' action='${action}'>` +
    (fields.length === 0 ? '' : `<x xmlns='jabber:x:data' type='submit'>${fields.join('')}</x>`) +
    '</command></iq>',
});
const orders = (at: number, id: string, action: string, ...fields: readonly string[]): ClientAct =>
  goesOn(at, BOT, id, 'order-tea', 'order', action, ...fields);

export const commands = scene({
  id: 'commands',
  title: 'Commands',
  summary: 'A menu of a bot, and an admin’s of a server',
  until: 20 * SECOND,
  speed: 400_000,
  params: LATENCIES,
  servers: [{ domain: HOST, modules: ['xep-0133'], admins: ['queen@wonderland.lit'] }],
  clients: [
    { ...online(BOT, 0), agents: ['tea-maker'] },
    online(
      'alice@wonderland.lit/seat',
      100,
      lists(500, BOT, 'menu'),
      begins(1000, BOT, 'begin', 'order-tea'),
      remembers(1500, 'order'),
      orders(2000, 'which', 'next', field('tea', 'Assam')),
      // On second thoughts.
      orders(3000, 'back', 'prev'),
      orders(4000, 'other', 'next', field('tea', 'Earl Grey')),
      orders(5000, 'how', 'next', field('cups', '2'), field('with', '1')),
      orders(6000, 'where', 'complete', field('seat', 'at the far end')),
      begins(7000, HOST, 'up', 'uptime'),
      // She is no admin: there is nothing to be known of this one for her.
      sends(
        8000,
        `<iq to='${HOST}' type='get' id='no'><query xmlns='http://jabber.org/protocol/disco#info' node='${ADMIN}#announce'/></iq>`,
      ),
    ),
    online(
      'queen@wonderland.lit/throne',
      200,
      lists(9000, HOST, 'what'),
      begins(9500, HOST, 'say', `${ADMIN}#announce`),
      remembers(10_000, 'word'),
      goesOn(
        10_500,
        HOST,
        'said',
        `${ADMIN}#announce`,
        'word',
        'complete',
        field('subject', 'Croquet'),
        field('announcement', 'Get to your places!'),
      ),
    ),
  ],
});
