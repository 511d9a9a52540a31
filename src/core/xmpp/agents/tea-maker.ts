/** An agent that takes orders by a command of three stages (XEP-0050 §2.4.2): what a bot's menu is. What the second stage asks for depends on the first; the third may be left out. */
import { formatJid } from '../../../base/jid.ts';
import type { Element } from '../../../base/xml/element.ts';
import type { Module } from '../module.ts';
import { COMMANDS, commandSessions, first, type Answers, type Command } from '../modules/commands/contract.ts';
import { offerRules } from '../modules/commands/offer.ts';
import { turnRules } from '../modules/commands/rules.ts';
import { field } from '../modules/muc/forms.ts';
import { commandHooks, sessionsPart } from '../modules/xep0050.ts';
import { slice } from '../slice.ts';

interface Order {
  readonly by: string;
  readonly what: string;
}
const orders = slice<readonly Order[]>('orders', []);

const FORM_TYPE = 'urn:stanzascope:tea';
/** What goes into each. */
const TEAS: Readonly<Record<string, string>> = { Assam: 'milk', Darjeeling: 'sugar', 'Earl Grey': 'lemon' };
const SEATS = ['next to the Hatter', 'next to the Dormouse', 'at the far end'];

const withWhat = (answers: Answers): string => TEAS[first(answers, 'tea')] ?? 'nothing';
const chosen = (answers: Answers, name: string, otherwise: string): string => first(answers, name) || otherwise;
const stage = (title: string, instructions: string, fields: (answers: Answers) => readonly Element[]) => ({
  title,
  instructions,
  type: FORM_TYPE,
  fields,
});

const order: Command = {
  node: 'order-tea',
  title: 'Order tea',
  whom: 'anyone',
  stages: [
    stage('Which tea?', 'There is always tea here.', (answers) => [
      field('list-single', 'tea', [chosen(answers, 'tea', 'Assam')], { label: 'Tea', options: Object.keys(TEAS), required: true }),
    ]),
    {
      ...stage('How?', 'It goes with the tea.', (answers) => [
        field('list-single', 'cups', [chosen(answers, 'cups', '1')], { label: 'Cups', options: ['1', '2', '3'], required: true }),
        field('boolean', 'with', [chosen(answers, 'with', '1')], { label: `With ${withWhat(answers)}` }),
      ]),
      mayComplete: true,
    },
    stage('Where?', 'One place on, everybody moves.', (answers) => [
      field('list-single', 'seat', [chosen(answers, 'seat', SEATS[0]!)], { label: 'Seat', options: SEATS, required: true }),
    ]),
  ],
  finish(context, { from }, answers) {
    const cups = chosen(answers, 'cups', '1');
    const added = ['1', 'true'].includes(first(answers, 'with')) ? ` with ${withWhat(answers)}` : '';
    const what = `${cups === '1' ? 'A cup' : `${cups} cups`} of ${first(answers, 'tea')}${added}, ${chosen(answers, 'seat', SEATS[0]!)}`;
    context.set(orders, [...context.get(orders), { by: formatJid(from), what }]);
    return { note: { type: 'info', text: what } };
  },
};

export const teaMaker: Module = {
  id: 'tea-maker',
  title: 'Takes orders for tea',
  spec: 'agent',
  version: '1',
  places: ['client'],
  features: [COMMANDS],
  commands: [order],
  rules: { ...offerRules, ...turnRules },
  hooks: commandHooks('client'),
  inspect: (view) => [
    {
      type: 'table',
      key: 'orders',
      title: 'Orders',
      columns: ['By', 'What'],
      rows: view.get(orders).map(({ by, what }, i) => ({ key: String(i), cells: [{ text: by }, { text: what }] })),
      empty: 'None yet.',
    },
    ...(view.get(commandSessions).length === 0 ? [] : [sessionsPart(view)]),
  ],
};
