/**
 * How two accounts stand to each other, seen from one of them: the nine states of RFC 6121 (March 2011,
 * https://www.rfc-editor.org/rfc/rfc6121) appendix A.1, and what each of the four subscription stanzas makes of them (A.2 from the
 * user, A.3 to the user). Pure: who is told, and how, is `rfc6121-subscription.ts`.
 */
export type Subscription = 'none' | 'to' | 'from' | 'both';
export type TieType = 'subscribe' | 'unsubscribe' | 'subscribed' | 'unsubscribed';

export interface Ties {
  /** The user is told of the contact's presence. */
  readonly to: boolean;
  /** The contact is told of the user's presence. */
  readonly from: boolean;
  /** The user has asked and was not answered: pending out. */
  readonly ask: boolean;
  /** The contact has asked and was not answered: pending in. */
  readonly pending: boolean;
}
interface Step {
  readonly next: Ties;
  /** Outbound: it is routed to the contact. Inbound: it is delivered to the user. */
  readonly goesOn: boolean;
}

const TYPES: ReadonlySet<string> = new Set(['subscribe', 'unsubscribe', 'subscribed', 'unsubscribed'] satisfies TieType[]);
export const isTie = (type: string | undefined): type is TieType => type !== undefined && TYPES.has(type);

/** Appendix A.2: the user's client has sent it. */
export function outbound(type: TieType, now: Ties): Step {
  switch (type) {
    case 'subscribe':
      return { next: { ...now, ask: now.ask || !now.to }, goesOn: true };
    case 'unsubscribe':
      return { next: { ...now, ask: false, to: false }, goesOn: true };
    case 'subscribed':
      return now.pending ? { next: { ...now, pending: false, from: true }, goesOn: true } : { next: now, goesOn: false };
    case 'unsubscribed':
      return { next: { ...now, pending: false, from: false }, goesOn: now.pending || now.from };
  }
}

/** Appendix A.3: it has come from the contact. */
export function inbound(type: TieType, now: Ties): Step {
  switch (type) {
    case 'subscribe':
      return now.from || now.pending ? { next: now, goesOn: false } : { next: { ...now, pending: true }, goesOn: true };
    case 'unsubscribe':
      return { next: { ...now, pending: false, from: false }, goesOn: now.pending || now.from };
    case 'subscribed':
      return now.ask ? { next: { ...now, ask: false, to: true }, goesOn: true } : { next: now, goesOn: false };
    case 'unsubscribed':
      return { next: { ...now, ask: false, to: false }, goesOn: now.ask || now.to };
  }
}

/** §2.1.2.5: the name that a roster has for it. */
export function subscriptionOf({ to, from }: Pick<Ties, 'to' | 'from'>): Subscription {
  if (to) return from ? 'both' : 'to';
  return from ? 'from' : 'none';
}
export const mayTell = (subscription: Subscription | undefined): boolean => subscription === 'from' || subscription === 'both';
export const isTold = (subscription: Subscription | undefined): boolean => subscription === 'to' || subscription === 'both';
