/** Events to hooks, by name and priority. */
import type { Context, Hook, Module, StanzaEvent } from './module.ts';

export class Router {
  private readonly hooks = new Map<string, Hook[]>();

  constructor(modules: readonly Module[]) {
    for (const hook of modules.flatMap((m) => m.hooks)) {
      const same = this.hooks.get(hook.event);
      if (same) same.push(hook);
      else this.hooks.set(hook.event, [hook]);
    }
    // Sorting is stable: equal priorities keep the order of the registry.
    for (const list of this.hooks.values()) list.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  }

  /** Runs the hooks of each event in turn until one deals with the stanza. */
  fire(context: Context, names: readonly string[], event: StanzaEvent): boolean {
    for (const name of names) {
      const hooks = this.hooks.get(name);
      if (hooks) for (const hook of hooks) if (hook.run(context, event)) return true;
    }
    return false;
  }
}
