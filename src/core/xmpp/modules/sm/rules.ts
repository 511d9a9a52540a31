/** Rules of stream management. XEP-0198. */
import { rule } from '../../module.ts';

export const smRules = {
  enabled: rule(
    'xep-0198/3/enabled',
    'XEP-0198 §3, §5',
    'Both sides count stanzas from now on. Where the client asked for it, the server keeps the session for a while when the connection drops, under this id.',
  ),
  early: rule(
    'xep-0198/3/unexpected',
    'XEP-0198 §3, §5',
    'Stream management is enabled once, and after a resource is bound; a session is resumed in place of binding one. In any other order it fails with unexpected-request.',
  ),
  unavailable: rule('xep-0198/3/unavailable', 'XEP-0198 §3', 'Nobody has authenticated on this stream, so there is no session to manage.'),
  ack: rule(
    'xep-0198/4/answer',
    'XEP-0198 §4',
    'The server says how many of the client’s stanzas it has handled: those need not be sent again.',
  ),
  last: rule('xep-0198/4/last', 'XEP-0198 §7', 'The stream is about to end, so the server says once more what it has handled.'),
  request: rule(
    'xep-0198/4/request',
    'XEP-0198 §4',
    'The server has sent stanzas that the client has not acknowledged, and asks how many have come. It asks once, and waits for the answer.',
  ),
  held: rule(
    'xep-0198/5/held',
    'XEP-0198 §5',
    'The client has lost its connection and may come back: the stanza waits with those that were not acknowledged, and nobody is told.',
  ),
  asleep: rule(
    'xep-0198/5/hibernates',
    'XEP-0198 §5',
    'The connection is gone without the stream’s end. The server keeps the session for 600 seconds, and for everybody else the user is still there.',
  ),
  resumed: rule(
    'xep-0198/5/resumed',
    'XEP-0198 §5',
    'The session goes on, on this stream and under its old address. The server says how many of the client’s stanzas it had handled.',
  ),
  resent: rule(
    'xep-0198/5/resent',
    'XEP-0198 §5',
    'The client’s count does not cover this, so it may never have come: the server sends it again, with the time at which it was sent first.',
  ),
  replaced: rule(
    'xep-0198/5/old-stream',
    'XEP-0198 §5',
    'The session is resumed elsewhere while its old connection still seems to be up. There is one stream to a session, so the old one is closed.',
  ),
  unknown: rule(
    'xep-0198/5/item-not-found',
    'XEP-0198 §5',
    'No session of this user waits under this id, or it has waited too long: item-not-found. The client may bind a resource as if it had not asked.',
  ),
  refused: rule(
    'xep-0198/5/wrong-count',
    'XEP-0198 §5, §6',
    'The count in the resumption cannot be true. The session is given up, and what waited for the client is dealt with as if nobody had been there.',
  ),
  stopped: rule(
    'xep-0198/5/stopped',
    'XEP-0198 §5',
    'The server stops. It keeps the count of what it has handled for when the client comes back, and closes the connection; the session itself is lost.',
  ),
  uncounted: rule(
    'xep-0198/5/no-count',
    'XEP-0198 §5',
    'The resumption does not say how much has come. Prosody takes the session over, but stops there: it says nothing and sends nothing again.',
  ),
  bounced: rule(
    'xep-0198/5/undelivered',
    'XEP-0198 §4, §5',
    'The session is over and this was never acknowledged, so its sender is told that the recipient was not there any more.',
  ),
  lost: rule(
    'xep-0198/5/not-told',
    'XEP-0198 §4, §5',
    'The session is over and this was never acknowledged; it has no sender who could be told, is an error itself, or is kept in the archive.',
  ),
} as const;
