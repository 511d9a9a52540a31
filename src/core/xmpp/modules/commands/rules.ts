/** What happens to commands, in words. XEP-0050 1.3.0. */
import { rule } from '../../module.ts';

export const turnRules = {
  stage: rule(
    'xep-0050/2.4.2/stage',
    'XEP-0050 §2.4.2',
    'There is something to be filled in first. The answer has a form, says how one may go on, and gives this run of the command an id, by which the next request names it.',
  ),
  completed: rule(
    'xep-0050/2.4.1/completed',
    'XEP-0050 §2.4.1, §3.6',
    'The command has been carried out; notes and a form say what came of it.',
  ),
  canceled: rule(
    'xep-0050/2.4.3/canceled',
    'XEP-0050 §2.4.3',
    'The requester has given the command up, and the responder forgets what was filled in.',
  ),
  forbidden: rule(
    'xep-0050/4.4/forbidden',
    'XEP-0050 §4.4',
    'This command is for admins of this host, and the one who asks is none: forbidden.',
  ),
  unknown: rule('xep-0050/4.4/item-not-found', 'XEP-0050 §4.4', 'There is no command of this name here: item-not-found.'),
  bad: rule(
    'xep-0050/4.4/bad-request',
    'XEP-0050 §4.4',
    'The request does not fit this run of the command: an action that is not offered, a session that is not the requester’s, a form that is not filled in. The second condition says which.',
  ),
  expired: rule(
    'xep-0050/4.4/session-expired',
    'XEP-0050 §3.3, §4.4',
    'The responder has waited too long, and given this run of the command up.',
  ),
};
