/** Fields and notes that several inspections share, each leading to what it names. */
import type { Field, Part } from '../../protocol/parts.ts';
import { What, WHAT_NAMES } from '../kernel/journal.ts';
import type { Run } from './run.ts';
import { messageView } from './views.ts';

export const entityField = (run: Run, key: string, label: string, index: number): Field => {
  const { name, detail } = run.world.stage.entities;
  return { key, label, value: name[index]! + detail[index]!, link: { type: 'entity', index } };
};
export const messageField = (run: Run, key: string, label: string, id: number): Field => {
  const m = messageView(run, id);
  const { name } = run.world.stage.entities;
  const value = `${name[m.from]} → ${name[m.to]} · ${run.world.stage.summary(m)}`;
  return { key, label, value, link: { type: 'message', id } };
};
export const eventField = (run: Run, key: string, label: string, ordinal: number): Field => {
  if (ordinal === 0) return { key, label, value: 'the beginning of the run' };
  const { entity, what } = run.journal.events;
  const who = run.world.stage.entities.name[entity.get(ordinal - 1)]!;
  return { key, label, value: `#${ordinal} ${WHAT_NAMES[what.get(ordinal - 1)]} at ${who}`, link: { type: 'event', ordinal } };
};

export function time(run: Run, tick: number): string {
  const { unit } = run.world;
  return unit.label === 's' ? `${(tick / unit.ticks).toFixed(6)} s` : `${tick.toLocaleString('en')} ticks`;
}

/** A duration, in the unit that suits its size. */
export function span(run: Run, ticks: number): string {
  const { unit } = run.world;
  if (unit.label === 'ticks') return time(run, ticks);
  const seconds = ticks / unit.ticks;
  return seconds < 1 ? `${Number((seconds * 1000).toFixed(3))} ms` : `${Number(seconds.toFixed(3))} s`;
}

/** The rule that fired, in words. @param event where it did, to go there. */
export function ruleNote(run: Run, key: string, rule: string, event?: number): Part[] {
  const found = run.world.stage.rules.get(rule);
  return found
    ? [
        {
          type: 'note',
          key,
          text: found.text,
          source: found.source,
          link: event === undefined ? undefined : { type: 'event', ordinal: event },
        },
      ]
    : [];
}

/** Where the stanza was due and had to wait: for TCP to try again, or before an entity that was paused. */
export function waitOf({ journal }: Run, id: number): { readonly ordinal: number; readonly rule: string } | undefined {
  const due = journal.messages.due.get(id);
  const arrival = journal.arrivalOf(id);
  if (due >= journal.tickOf(arrival > 0 ? arrival : journal.eventCount)) return undefined;
  const e = journal.events;
  const last = journal.ordinalAt(due);
  for (let ordinal = journal.ordinalAt(due - 1) + 1; ordinal <= last; ordinal++)
    if (e.what.get(ordinal - 1) === What.nothing && e.subject.get(ordinal - 1) === id)
      return { ordinal, rule: journal.ruleName(e.rule.get(ordinal - 1)) };
  return undefined;
}

/** Rows that stand right behind an event and say what was left undone. */
export function silencesAfter(run: Run, ordinal: number): { readonly ordinal: number; readonly rule: string }[] {
  const silences: { readonly ordinal: number; readonly rule: string }[] = [];
  const e = run.journal.events;
  if (ordinal > 0)
    for (let row = ordinal; row < run.journal.eventCount && e.what.get(row) === What.nothing; row++)
      silences.push({ ordinal: row + 1, rule: run.journal.ruleName(e.rule.get(row)) });
  return silences;
}
