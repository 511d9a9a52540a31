/** Why a server does what it does with subscriptions and probes: RFC 6121 §3, §4.3 and appendix A. */
import { rule } from '../../module.ts';

export const subscriptionRules = {
  subscribe: rule(
    'rfc-6121/3.1.2/subscribe',
    'RFC 6121 §3.1.1, §3.1.2',
    'The user asks to be told of the contact’s presence. The server puts it in the account’s name, because subscriptions are between accounts, notes in the roster that it waits for an answer, and sends it on.',
  ),
  unsubscribe: rule(
    'rfc-6121/3.3.2/unsubscribe',
    'RFC 6121 §3.3.2',
    'The user does not want to be told of the contact’s presence any more. The server sends that on in the account’s name, and changes the roster.',
  ),
  subscribed: rule(
    'rfc-6121/3.1.5/subscribed',
    'RFC 6121 §3.1.5',
    'The user lets the contact see their presence. The server notes it in the roster and sends the answer on in the account’s name.',
  ),
  unsubscribed: rule(
    'rfc-6121/3.2.2/unsubscribed',
    'RFC 6121 §3.2.1, §3.2.2',
    'The user denies the contact’s request, or takes back the approval. The server notes it and sends it on in the account’s name.',
  ),
  approved: rule(
    'rfc-6121/3.4.2/approved',
    'RFC 6121 §3.4.2, §A.2.3',
    'The contact has not asked yet, so this is kept as an approval beforehand and goes no further. When the contact asks, the server will answer at once.',
  ),
  approvedAlready: rule(
    'rfc-6121/3.4.2/again',
    'RFC 6121 §3.4.2',
    'The contact is approved beforehand already: nothing changes, and nothing is sent.',
  ),
  subscribedAlready: rule(
    'rfc-6121/3.1.5/subscribed-already',
    'RFC 6121 §A.2.3',
    'The contact is subscribed already, so there is nothing to approve, and nothing is sent.',
  ),
  nothingToEnd: rule(
    'rfc-6121/3.2.2/nothing-to-end',
    'RFC 6121 §A.2.4',
    'The contact is not subscribed and has not asked, so there is nothing to deny or cancel, and nothing is sent.',
  ),
  told: rule(
    'rfc-6121/3.1.5/presence',
    'RFC 6121 §3.1.5',
    'The contact may see the user’s presence now, so the server sends what each available resource said last, with the time at which it did.',
  ),
  gone: rule(
    'rfc-6121/3.2.2/unavailable',
    'RFC 6121 §3.2.2, §3.3.3',
    'The contact may not see the user’s presence any more: for the contact, each of the user’s resources goes.',
  ),
  noType: rule('rfc-6121/4.7.1/no-type', 'RFC 6121 §4.7.1', 'Presence has no such type: bad-request.'),
  delivered: rule(
    'rfc-6121/3.1.6/delivered',
    'RFC 6121 §3.1.6, §3.2.3, §3.3.3',
    'This changes how the two accounts stand to each other, so the user’s resources that have asked for the roster are told, and then sent the item.',
  ),
  noEffect: rule(
    'rfc-6121/3.1.6/no-effect',
    'RFC 6121 §3.1.6, §3.2.3, §3.3.3, §A.3',
    'In the state in which the two accounts are, this means nothing: the server ignored it, and the user does not see it.',
  ),
  unsubscribedBack: rule('rfc-6121/3.3.3/answer', 'RFC 6121 §A.3.2', 'The server answers for the user that the subscription has ended.'),
  already: rule(
    'rfc-6121/3.1.3/already',
    'RFC 6121 §3.1.3, §A.3.1',
    'The contact is subscribed already, so the server answers for the user, who is not asked again.',
  ),
  asked: rule(
    'rfc-6121/3.1.3/asked',
    'RFC 6121 §3.1.3',
    'Only the user may decide this, so each of the user’s available resources is asked.',
  ),
  kept: rule(
    'rfc-6121/3.1.3/kept',
    'RFC 6121 §3.1.3',
    'None of the user’s resources is available, so the server keeps the request and hands it over when one comes online.',
  ),
  waits: rule(
    'rfc-6121/3.1.3/waits',
    'RFC 6121 §3.1.3, §A.3.1',
    'The same contact has asked before and waits for the answer: the user is not asked twice.',
  ),
  again: rule(
    'rfc-6121/3.1.3/again',
    'RFC 6121 §3.1.3',
    'This request has not been answered yet, so the server hands it to each resource that becomes available.',
  ),
  acknowledged: rule(
    'rfc-6121/4.3.2/acknowledged',
    'RFC 6121 §3.1.3, §4.3.2',
    'Until the user answers, the account is as good as away for who asks. Prosody says so at once, and says the same of a name that nobody has.',
  ),
  nobody: rule('rfc-6121/8.5.1/nobody', 'RFC 6121 §8.5.1', 'Nobody has this name, and nobody is told that: the request ends here.'),
  away: rule('rfc-6121/4.3.2/away', 'RFC 6121 §4.3.2', 'The user has no available resource: the account itself is unavailable.'),
  probe: rule(
    'rfc-6121/4.3.1/probe',
    'RFC 6121 §4.3.1',
    'The user is told of this contact’s presence, and does not know it yet: so the server asks for it.',
  ),
  probed: rule(
    'rfc-6121/4.3.2/probed',
    'RFC 6121 §4.3.2',
    'Who asks may see the user’s presence, so the server answers with what each available resource said last, and when.',
  ),
  refused: rule(
    'rfc-6121/4.3.2/refused',
    'RFC 6121 §4.3.2',
    'Who asks may not see the user’s presence: the answer is that there is no subscription.',
  ),
  stranger: rule(
    'rfc-6121/4.3.2/stranger',
    'RFC 6121 §4.3.2',
    'Who asks may not see the user’s presence. Prosody does not answer at all, so that nothing can be learnt, not even whether there is such a user.',
  ),
};
