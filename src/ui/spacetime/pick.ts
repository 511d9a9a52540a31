/** A click selects for all views; with Shift it compares two events: which happened before which, or neither. */
import { problemOf } from '../../base/result.ts';
import type { Relation } from '../../protocol/causality.ts';
import type { Target } from '../../protocol/parts.ts';
import type { Controller } from '../client/contract.ts';
import { isStale } from '../client/pane.ts';
import { useView } from '../state/store.ts';
import type { Held } from './cache.ts';
import type { DiagramView } from './DiagramView.ts';
import type { Hit } from './hit.ts';
import { intended, useIntent } from './intent.ts';

/** The event that a selection means: of a stanza its arrival, or its sending while it has not arrived; 0 where that is not known here. */
function eventOf(target: Target | null, { data }: Held): number {
  if (target?.type === 'event') return target.ordinal;
  if (target?.type !== 'message') return 0;
  const row = data.messages.id.indexOf(target.id);
  return row < 0 ? 0 : data.messages.end[row]! || data.messages.trigger[row]!;
}

export function pick(controller: Controller, view: DiagramView, hit: Hit | null, withShift: boolean): void {
  const { held } = view;
  const a = held && eventOf(useView.getState().selection, held);
  if (withShift && hit && held && a) {
    const b = hit.ordinal || eventOf(hit.target, held);
    if (b) compare(controller, a, b);
    return;
  }
  if (useIntent.getState().pair) intended({ pair: null });
  view.activate(0);
  controller.select(hit?.target ?? null);
}

/** Says how two events are related, and lights the way from one to the other. */
export function compare(controller: Controller, a: number, b: number): void {
  controller.ask('relation', { a, b }).then(
    (relation) => intended({ pair: { a, b, relation } }),
    (error: unknown) => {
      if (!isStale(error)) useView.getState().problemMet(problemOf(error));
    },
  );
}

let last: { readonly key: string; readonly relation: Promise<Relation> } | undefined;

/** How what is pointed at is related to the selection; undefined where there is nothing to say. */
export async function compared(controller: Controller, held: Held, hit: Hit): Promise<string | undefined> {
  const a = eventOf(useView.getState().selection, held);
  const b = hit.ordinal || eventOf(hit.target, held);
  if (!a || !b || a === b) return undefined;
  const key = `${held.data.known} ${a} ${b}`;
  if (last?.key !== key) last = { key, relation: controller.ask('relation', { a, b }) };
  try {
    const { text } = await last.relation;
    return text;
  } catch {
    // The scene was changed meanwhile; a tip is nothing to make a problem of.
    return undefined;
  }
}
