/** Who is interested in which nodes of an account, as entity capabilities have said: XEP-0163 1.2.2 §4.2, §4.3. In memory only. */
import type { Context } from '../../module.ts';
import { slice } from '../../slice.ts';
import { at, without } from './model.ts';

type Interests = Readonly<Record<string, readonly string[]>>;

/** By account, then by address that gets the events. */
const recipients = slice<Readonly<Record<string, Interests>>>('pep-recipients', {});

export const recipientsOf = (context: Pick<Context, 'get'>, account: string): Interests => at(context.get(recipients), account) ?? {};

/** None: it is not interested any more. */
export function keepInterest(context: Context, account: string, recipient: string, nodes: readonly string[]): void {
  const now = recipientsOf(context, account);
  const next = nodes.length > 0 ? { ...now, [recipient]: nodes } : without(now, recipient);
  context.set(recipients, { ...context.get(recipients), [account]: next });
}
