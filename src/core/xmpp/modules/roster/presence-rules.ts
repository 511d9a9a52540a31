/** Why presence goes where it goes: RFC 6121 §4 and §8.5. */
import { rule } from '../../module.ts';

export const presenceRules = {
  own: rule(
    'rfc-6121/4.4.2/own-broadcast',
    'RFC 6121 §4.2.2, §4.4.2',
    'The server set `from` and broadcast the presence. The user’s own available resources are told too, the sender among them, so it comes back; Prosody sends it back without `to`.',
  ),
  broadcast: rule(
    'rfc-6121/4.4.2/broadcast',
    'RFC 6121 §4.2.2, §4.4.2, §4.5.2',
    'This contact is subscribed to the user’s presence, so the server sends a copy, addressed to the contact’s account: which resources get it is for the contact’s server to say.',
  ),
  others: rule(
    'rfc-6121/4.2.2/other-resources',
    'RFC 6121 §4.2.2',
    'This resource has just become available, so it learns what the user’s other resources said last, with the time at which they said it.',
  ),
  gone: rule(
    'rfc-6121/4.6.3/directed-unavailable',
    'RFC 6121 §4.5.2, §4.6.3',
    'This address had been told directly that the resource is available, so the server tells it that it is not any more.',
  ),
  bare: rule(
    'rfc-6121/8.5.2.1.2/presence-bare',
    'RFC 6121 §8.5.2.1.2',
    'Presence for the account goes to each of its available resources.',
  ),
  full: rule(
    'rfc-6121/8.5.3.1/presence-full',
    'RFC 6121 §8.5.3.1',
    'The resource is connected, so the server delivered the presence to it.',
  ),
  ignored: rule(
    'rfc-6121/8.5.2.2.2/presence-ignored',
    'RFC 6121 §8.5.2.2.2, §8.5.3.2.2',
    'Nobody is there to be told, and presence is never answered by an error: the server ignored it.',
  ),
  noType: rule(
    'rfc-6121/4.7.1/no-type-of-own',
    'RFC 6121 §3.1.1, §4.7.1',
    'Without an addressee presence is about being available or not; there is no other type of that: bad-request.',
  ),
  host: rule('rfc-6121/4.3.2/host', 'RFC 6121 §4.3.2', 'A server is always there for who asks, and lets everyone be told so.'),
};
