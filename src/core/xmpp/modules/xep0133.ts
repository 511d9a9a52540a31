/**
 * XEP-0133 Service Administration 1.3.1 (2020-02-04, https://xmpp.org/extensions/xep-0133.html): commands (XEP-0050) for those whom the scenario calls admins of the server. The ones that
 * Prosody's mod_admin_adhoc and mod_announce have and that tell of a run or act on it; loaded where the scenario asks for it. Simplified: accounts, passwords,
 * modules and hosts are the scenario's, so nothing here adds, changes or unloads them; addresses of machines are not told, as there are none.
 */
import type { Module } from '../module.ts';
import { ADMINISTRATION, administrationRules } from './commands/administration.ts';

export const xep0133: Module = {
  id: 'xep-0133',
  title: 'Service administration',
  spec: 'XEP-0133',
  version: '1.3.1',
  places: ['server'],
  optional: true,
  commands: ADMINISTRATION,
  rules: administrationRules,
  hooks: [],
};
