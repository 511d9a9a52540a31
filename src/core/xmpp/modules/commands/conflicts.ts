/** Where Prosody's commands differ from their specification. */
import type { Conflict } from '../../conflicts.ts';

export const COMMAND_CONFLICTS: readonly Conflict[] = [
  {
    id: 'commands-any-action',
    prosody: 'A form that came with any action is taken as completed, and a stage of which there is only one offers “next” too.',
    specification: 'What is not offered for a stage is refused: bad-request with bad-action, or with malformed-action.',
    source: 'XEP-0050 §3.4, §4.4',
  },
  {
    id: 'commands-any-session',
    prosody: 'Any session id is taken, from anybody, at any time.',
    specification: 'A session is between two, and ends: bad-request with bad-sessionid, not-allowed with session-expired.',
    source: 'XEP-0050 §3.3, §4.4',
  },
  {
    id: 'commands-bad-form',
    prosody: 'A form that is not filled in as it should be completes the command, with a note that says what is wrong.',
    specification: 'It is refused by bad-request with bad-payload, and can be filled in again.',
    source: 'XEP-0050 §4.4',
  },
  {
    id: 'commands-unknown',
    prosody: 'A command that there is not is answered by service-unavailable.',
    specification: 'It is answered by item-not-found.',
    source: 'XEP-0050 §4.4',
  },
  {
    id: 'commands-forbidden',
    prosody: 'To a refusal of an admin’s command the command is added, behind the error, as canceled and with a note.',
    specification: 'An error may repeat what was asked, and nothing else; it stands last.',
    source: 'RFC 6120 §8.3.1, A.5',
  },
];
