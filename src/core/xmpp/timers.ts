/** Codes of timers: the modules' own by the order of the registry, then the acts of a program. */
import { AGENTS } from './agents/index.ts';
import type { Module, Timer } from './module.ts';
import { MODULES } from './modules/index.ts';

const named: readonly Timer[] = [...MODULES, ...AGENTS].flatMap((m: Module) => m.timers ?? []);

/** Codes from here on are acts. */
export const FIRST_ACT = 256;

export function timerCode(name: string): number {
  const code = named.findIndex((t) => t.name === name);
  if (code < 0) throw new Error(`no module has a timer "${name}"`);
  return code;
}
export const timerOf = (code: number): Timer | undefined => named[code];
