/**
 * Who may change whose role and affiliation: XEP-0045 §5.1.1, §5.2.1, §8.2 to §8.4, §9, §10.3 to §10.8. The profile `prosody` has one answer for all that is not
 * to be; `rfc` says forbidden to who has no right to it at all, and not-allowed to who has, but not against this one.
 */
import { bareOf, parseJid } from '../../../../base/jid.ts';
import type { Context } from '../../module.ts';
import type { Condition, ErrorDetails } from '../../errors.ts';
import { affiliationOf, byClient, listed, rankOf, type Affiliation, type Occupant, type Role, type Room } from './room.ts';

export interface Refusal {
  readonly condition: Condition;
  readonly type: NonNullable<ErrorDetails['type']>;
}
const NOT_ALLOWED: Refusal = { condition: 'not-allowed', type: 'cancel' };
const FORBIDDEN: Refusal = { condition: 'forbidden', type: 'auth' };
const CONFLICT: Refusal = { condition: 'conflict', type: 'cancel' };

type Profile = Context['profile'];
const isHigh = (a: Affiliation): boolean => a === 'owner' || a === 'admin';

/** §5.2.1, and §10.4: the last owner cannot give up the room. */
export function refuseAffiliation(profile: Profile, room: Room, actor: string, who: string, affiliation: Affiliation): Refusal | undefined {
  const own = bareOf(parseJid(actor));
  const acting = affiliationOf(room, own);
  const before = listed(room, who) ?? 'none';
  // §9.1: nobody bans himself; Prosody knows no such rule.
  if (profile === 'rfc' && isHigh(acting) && affiliation === 'outcast' && who === own) return CONFLICT;
  if (acting === 'owner') {
    const others = Object.keys(room.affiliations).some((jid) => jid !== who && room.affiliations[jid] === 'owner');
    return own === who && rankOf(affiliation) < rankOf(before) && !others ? CONFLICT : undefined;
  }
  if (acting === 'admin' && !isHigh(affiliation) && !isHigh(before)) return undefined;
  // §9.1: an admin may ban, but not these.
  return profile === 'rfc' && !(acting === 'admin' && affiliation === 'outcast') ? FORBIDDEN : NOT_ALLOWED;
}

/** §5.1.1, §8.2: nobody acts on a higher affiliation, and only admins make and unmake moderators. */
export function refuseRole(profile: Profile, room: Room, actor: string, occupant: Occupant, role: Role): Refusal | undefined {
  const isRfc = profile === 'rfc';
  const acting = affiliationOf(room, bareOf(parseJid(actor)));
  const target = occupant.affiliation ?? affiliationOf(room, occupant.bare);
  const isModerator = byClient(room, actor)?.role === 'moderator';
  if (isRfc && !isModerator) return FORBIDDEN;
  if (rankOf(acting) < rankOf(target)) return NOT_ALLOWED;
  if (isRfc && isSafe(acting, target, role)) return NOT_ALLOWED;
  if ((occupant.role === 'moderator' || role === 'moderator') && !isHigh(acting)) return isRfc && role !== 'none' ? FORBIDDEN : NOT_ALLOWED;
  return isModerator ? undefined : NOT_ALLOWED;
}

/** §8.4, §9.7: admins and owners stay moderators, and voice is not taken from one's equals. Having no affiliation is being nobody's equal. */
function isSafe(acting: Affiliation, target: Affiliation, role: Role): boolean {
  if (isHigh(target)) return role === 'visitor' || role === 'participant';
  return role === 'visitor' && target !== 'none' && rankOf(acting) <= rankOf(target);
}
