/** Which modules a scenario may ask for by name. */
import { InputError } from '../../../base/result.ts';
import type { XmppScenario } from '../../../protocol/scenario.ts';
import { MODULES } from './index.ts';

export const isModule = (id: string): boolean => MODULES.some((m) => m.id === id);

/** @throws InputError where a server is to load what there is not. */
export function checkModules({ servers }: Pick<XmppScenario, 'servers'>): void {
  for (const { domain, modules = [] } of servers) for (const id of modules) if (!isModule(id)) throw unknown(domain, id);
}

function unknown(domain: string, id: string): InputError {
  const named = MODULES.filter((m) => m.optional === true).map((m) => m.id);
  return new InputError({
    message: `The server ${domain}: there is no module ${JSON.stringify(id)}.`,
    hint: `Loaded where they are named: ${named.join(', ')}.`,
  });
}
