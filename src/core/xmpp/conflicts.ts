/** Where Prosody and the specifications differ: what each does, for the note that a person is shown. The profile `prosody` follows the first, `rfc` the second. */
import { ROOM_CONFLICTS } from './modules/muc/conflicts.ts';
import { COMMAND_CONFLICTS } from './modules/commands/conflicts.ts';
import { PUBSUB_CONFLICTS } from './modules/pubsub/conflicts.ts';

export interface Conflict {
  readonly id: string;
  /** What Prosody 0.12 does, and where that was seen. */
  readonly prosody: string;
  /** What the specification says, with its section. */
  readonly specification: string;
  readonly source: string;
}

export const CONFLICTS: readonly Conflict[] = [
  {
    id: 'roster-approved-hidden',
    prosody: 'An approval beforehand is kept, but the pushed item has no `approved`, and editing the item’s name or groups forgets it.',
    specification: 'The item is pushed with approved="true", and only the user’s own denial or removal ends the approval.',
    source: 'RFC 6121 §2.1.2.1, §3.4.2',
  },
  {
    id: 'roster-approved-revoked',
    prosody: '`unsubscribed` to a contact who is only approved beforehand does nothing: the approval stands.',
    specification: '`unsubscribed` cancels an approval beforehand, and the changed item is pushed.',
    source: 'RFC 6121 §3.2.2, §3.4.2',
  },
  {
    id: 'roster-first-version',
    prosody:
      'A roster that has never been changed and one that has been changed once both have version 1, so a client may miss the first change.',
    specification: 'Each version stands for one state of the roster.',
    source: 'RFC 6121 §2.6.1',
  },
  {
    id: 'roster-group-names',
    prosody: 'A group without a name is taken; a group that is named twice counts once.',
    specification: 'The first is answered by not-acceptable, the second by bad-request.',
    source: 'RFC 6121 §2.3.3',
  },
  {
    id: 'roster-foreign',
    prosody: 'A change of somebody else’s roster is answered by service-unavailable, as if there were no rosters.',
    specification: 'It is forbidden.',
    source: 'RFC 6121 §2.3.3',
  },
  {
    id: 'roster-remove-absent',
    prosody: 'Removing a contact that is not in the roster is answered by item-not-found of the type `modify`.',
    specification: 'The type that belongs to item-not-found is `cancel`.',
    source: 'RFC 6120 §8.3.3.7, RFC 6121 §2.5.3',
  },
  {
    id: 'roster-remove-from',
    prosody: 'When a contact is removed, the `unsubscribe` and `unsubscribed` that the server sends carry the full address of the client.',
    specification: 'Subscriptions are between accounts: they carry the bare address.',
    source: 'RFC 6121 §3.1.2, §2.5.2',
  },
  {
    id: 'roster-remove-unavailable',
    prosody:
      'A removed contact is sent `unavailable` if the user could see the contact, after `unsubscribed`; a request of theirs that waits is denied and still put to the user at the next login.',
    specification: 'It is sent to who could see the user, and a request that was denied is gone.',
    source: 'RFC 6121 §2.5.2, §3.2.2',
  },
  {
    id: 'subscription-idle-push',
    prosody:
      'Asking or unsubscribing again pushes the item, though nothing of it has changed; so does a request that is taken back before an answer, as a removal.',
    specification: 'The server pushes what has changed.',
    source: 'RFC 6121 §2.1.6, §A.2',
  },
  {
    id: 'subscription-approve-again',
    prosody: '`subscribed` to a contact who is subscribed already is sent on, and presence after it.',
    specification: 'In this state it must not be routed.',
    source: 'RFC 6121 §A.2.3',
  },
  {
    id: 'subscription-cancel-order',
    prosody:
      'When the user takes back an approval, the item is pushed first, then the contact gets `unsubscribed`, then `unavailable` from each resource.',
    specification: 'First `unavailable` from each resource, then `unsubscribed`, then the push.',
    source: 'RFC 6121 §3.2.2',
  },
  {
    id: 'subscription-unsubscribe-silent',
    prosody: 'A contact who unsubscribes is sent nothing: the user’s presence just ends for them.',
    specification: 'They are sent `unavailable` from each of the user’s resources, and `unsubscribed`.',
    source: 'RFC 6121 §3.3.3, §A.3.2',
  },
  {
    id: 'presence-probe-resource',
    prosody: 'A probe to one resource is answered for all of them.',
    specification: 'It is answered for that resource only.',
    source: 'RFC 6121 §4.3.2',
  },
  {
    id: 'presence-probe-stranger',
    prosody: 'The probe of somebody who is not subscribed is not answered at all.',
    specification: 'It is answered by `unsubscribed`.',
    source: 'RFC 6121 §4.3.2',
  },
  {
    id: 'stream-unbound',
    prosody: 'A stanza on a stream that has no resource yet comes back with service-unavailable, and the stream lives on.',
    specification: 'The stream ends with not-authorized.',
    source: 'RFC 6120 §7.1',
  },
  {
    id: 's2s-unreachable',
    prosody: 'A domain whose server refuses the connection, or says nothing, gives remote-server-not-found, as one that does not exist.',
    specification:
      'remote-server-not-found is for names that cannot be resolved; where no stream can be negotiated it is remote-server-timeout.',
    source: 'RFC 6120 §10.4.3',
  },
  {
    id: 's2s-foreign-sender',
    prosody: 'A stanza from a domain that has not been verified on its stream ends the stream with not-authorized.',
    specification: 'The stream ends with invalid-from.',
    source: 'RFC 6120 §8.1.2.2, §4.9.3.9',
  },
  {
    id: 'dialback-errors',
    prosody:
      'A key for a domain that is not served ends the stream with host-unknown, and where the other domain cannot be asked nothing is said until the time is over.',
    specification: 'The key is answered by type="error" with a condition, and the stream lives on; the feature says so by `<errors/>`.',
    source: 'XEP-0220 §2.4.2, §2.5',
  },
  {
    id: 'dialback-wrong-verdict',
    prosody: 'A verdict from a domain that was not asked on the stream ends it with invalid-id, a condition of the older RFC 3920.',
    specification: 'RFC 6120 has no such condition any more: the stream ends with invalid-from.',
    source: 'XEP-0220 §2.1.1, RFC 6120 §4.9.3.9',
  },
  {
    id: 'dialback-verdict-id',
    prosody: 'The verdict that is passed on (`db:result type="valid"`) repeats the id of the stream and the key.',
    specification: 'It has from, to and type only; the schema knows an id for `db:verify` alone.',
    source: 'XEP-0220 §2.2.1, §7',
  },
  {
    id: 'dialback-invalid',
    prosody: 'A stream whose only key was not valid stays open on the side that took it.',
    specification: 'It is closed by that side, because nobody is known on it.',
    source: 'XEP-0220 §2.2.1',
  },
  {
    id: 'presence-refused',
    prosody: 'A service that knows nothing of presence (PubSub, files) answers it by service-unavailable.',
    specification: 'Presence that is not understood is ignored.',
    source: 'RFC 6120 §8.4',
  },
  {
    id: 'management-count-too-high',
    prosody: 'A client that acknowledges more than was sent gets the stream error undefined-condition and a text.',
    specification: 'The error also has handled-count-too-high, with both counts.',
    source: 'XEP-0198 §6',
  },
  {
    id: 'management-wrong-resumption',
    prosody:
      'A resumption whose count is below what was acknowledged, or above what was sent, ends the session, and the connection is closed without a word.',
    specification: 'A server that cannot resume says failed with a condition, and the client may bind a resource.',
    source: 'XEP-0198 §5',
  },
  {
    id: 'management-no-count',
    prosody: 'A resumption without `h` takes the session over, but is not answered, and nothing is sent again.',
    specification: '`h` is required; what lacks it cannot be resumed.',
    source: 'XEP-0198 §5',
  },
  {
    id: 'management-old-stream',
    prosody: 'When a session is resumed while its old connection is still up, that connection is closed without a word.',
    specification: 'The old stream ends with conflict.',
    source: 'XEP-0198 §5',
  },
  {
    id: 'management-undelivered-type',
    prosody: 'What a lost session has not acknowledged bounces as recipient-unavailable of the type `cancel`.',
    specification: 'The type that belongs to recipient-unavailable is `wait`.',
    source: 'RFC 6120 §8.3.3.13',
  },
  {
    id: 'archive-forged-id',
    prosody: 'A stanza-id that a sender has made in the account’s name is delivered, and kept, beside the true one.',
    specification: 'The server takes it out.',
    source: 'XEP-0313 §5.1.1, XEP-0359 §3.1, §6',
  },
  {
    id: 'archive-item-type',
    prosody: 'A page that should begin at an unknown message is answered by item-not-found of the type `modify`.',
    specification: 'The type that belongs to item-not-found is `cancel`.',
    source: 'RFC 6120 §8.3.3.7, XEP-0059 §2.1',
  },
  {
    id: 'archive-empty-page',
    prosody: 'A query for no messages at all (`max` 0) is told that the archive is complete.',
    specification: '`complete` is for the page with the last message of the archive.',
    source: 'XEP-0313 §4.3.2',
  },
  {
    id: 'message-normal-rerouted',
    prosody: 'A normal message for a resource that is not connected is treated as one for the account: delivered elsewhere, or kept.',
    specification: 'It comes back with an error, or is ignored; only chat messages are treated so.',
    source: 'RFC 6121 §8.5.3.2.1, §8.5.4',
  },
  {
    id: 'upload-retry',
    prosody: 'Who has asked for as much as a day allows is told to wait, and not for how long.',
    specification: 'The error may say when to try again, by retry.',
    source: 'XEP-0363 §6',
  },
  {
    id: 'bind2-offline',
    prosody: 'Offline messages wait for the first presence, however the resource was bound.',
    specification: 'Binding by Bind 2 gives them up, as the client has them from its archive.',
    source: 'XEP-0386 §3.2',
  },
  {
    id: 'bind2-resource',
    prosody: 'Between the client’s tag and what the server makes is a `~`.',
    specification: 'A `/` is recommended there.',
    source: 'XEP-0386 §3.2.1',
  },
  {
    id: 'sasl2-features',
    prosody: 'What waits for a resumed session comes before the new stream features.',
    specification: 'The features follow the success at once.',
    source: 'XEP-0388 §2.6.1',
  },
  ...ROOM_CONFLICTS,
  ...PUBSUB_CONFLICTS,
  ...COMMAND_CONFLICTS,
];
