/**
 * XEP-0050 Ad-Hoc Commands 1.3.0 (2020-06-09, https://xmpp.org/extensions/xep-0050.html): what a party can be asked to do that has no protocol of its own. Commands are collected from
 * the loaded modules, as features are. §2.1 and §2.2 in commands/offer.ts, §2.4, §3 and §4.4 in commands/turn.ts, which says what is simplified.
 */
import type { Part } from '../../../protocol/parts.ts';
import type { Hook, Module, View } from '../module.ts';
import { commandSessions, COMMANDS } from './commands/contract.ts';
import { commandDisco, offerRules } from './commands/offer.ts';
import { turnRules } from './commands/rules.ts';
import { turn } from './commands/turn.ts';

export const commandHooks = (kind: 'host' | 'client'): readonly Hook[] => [
  { event: `iq-set/${kind}/${COMMANDS}:command`, run: turn },
  ...commandDisco(kind),
];

/** Runs of commands that wait for their requesters. */
export const sessionsPart = ({ get }: View): Part => ({
  type: 'table',
  key: 'commands',
  title: 'Commands that wait for an answer',
  columns: ['Command', 'For', 'Stage', 'So far'],
  rows: get(commandSessions).map(({ id, node, by, stage, answers }) => ({
    key: id,
    cells: [
      node,
      by,
      String(stage + 1),
      Object.entries(answers)
        .filter(([name]) => name !== 'FORM_TYPE')
        .map(([name, values]) => `${name}: ${values.join(', ')}`)
        .join('; '),
    ].map((text) => ({ text })),
  })),
  empty: 'None.',
});

export const xep0050: Module = {
  id: 'xep-0050',
  title: 'Ad-hoc commands',
  spec: 'XEP-0050',
  version: '1.3.0',
  places: ['server', 'muc'],
  features: [COMMANDS],
  rules: { ...offerRules, ...turnRules },
  hooks: commandHooks('host'),
  inspect: (view) => (view.get(commandSessions).length === 0 ? [] : [sessionsPart(view)]),
};
