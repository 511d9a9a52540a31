/** Codes of timers: the modules' own by the order of the registry, then the acts of a program. */
import { AGENTS } from './agents/index.ts';
import type { Module, Timer } from './module.ts';
import { MODULES } from './modules/index.ts';

const named: readonly Timer[] = [...MODULES, ...AGENTS].flatMap((m: Module) => m.timers ?? []);

/** Codes from here on are acts. */
export const FIRST_ACT = 256;

/** Codes of the network's own: it changes; a stanza comes back. */
export const NETWORK_ACT = 255;
export const NO_ROUTE = 254;

export function timerCode(name: string): number {
  if (name === 'no-route') return NO_ROUTE;
  const code = named.findIndex((t) => t.name === name);
  if (code < 0) throw new Error(`no module has a timer "${name}"`);
  return code;
}
export const timerOf = (code: number): Timer | undefined => named[code];
