/** Whether a host runs. What it had stored outlives a stop and a crash; everything else does not. */
import type { Element } from '../../../base/xml/element.ts';
import { rule, type Context } from '../module.ts';
import { slice, store } from '../slice.ts';
import { isWire, REFUSED } from '../wire.ts';

/** `stopping`: it closes what is open, and opens nothing. */
export const power = store<'up' | 'stopping' | 'down'>('power', 'up');
/** The tick since which it has been up. */
export const upSince = slice<number>('up-since', 0);

export const powerRules = {
  refused: rule(
    'rfc-6120/3.2/refused',
    'RFC 6120 §3.2',
    'The host is down, so nobody listens at its port: the operating system refuses the connection.',
  ),
  nobody: rule('rfc-6120/3.2/nobody-listens', 'RFC 6120 §3.2', 'The host is down: what still arrives here is read by nobody.'),
};

/** @param link back to where the item came from. */
export function receiveWhileDown(context: Context, item: Element, link: number): void {
  if (isWire(item, 'connect')) context.put(link, REFUSED, powerRules.refused);
  else context.drop(powerRules.nobody);
}
