/** What a person did to the run: what nothing came of, and what was never undone. */
import { What } from '../../kernel/journal.ts';
import { nameOf, type Finder, type NoteContext } from './finder.ts';

const isByHand = ({ journal }: NoteContext, ordinal: number): boolean => journal.events.what.get(ordinal - 1) === What.intervention;

export const byHand: Finder = {
  id: 'by-hand',
  severity: 'chat',
  title: 'Done by hand',
  source: 'a person',
  watch: (context, report) => ({
    event(ordinal) {
      if (!isByHand(context, ordinal)) return;
      const at = nameOf(context, context.journal.events.entity.get(ordinal - 1));
      report(ordinal, { type: 'event', ordinal }, () => context.handIn?.(ordinal).text ?? `at ${at}`);
    },
  }),
};

const CAME_TO_NOTHING: ReadonlySet<string> = new Set(['intervention/no-target', 'intervention/refused', 'intervention/nothing-behind']);

export const noTarget: Finder = {
  id: 'no-target',
  severity: 'warn',
  title: 'Nothing comes of what was done by hand',
  source: 'a person',
  watch: (context, report) => ({
    event(ordinal) {
      const { what, rule } = context.journal.events;
      const id = context.journal.ruleName(rule.get(ordinal - 1));
      if (what.get(ordinal - 1) !== What.nothing || !CAME_TO_NOTHING.has(id)) return;
      const text = context.stage.rules.get(id)?.text ?? 'An earlier change took away what it was meant for. It is kept, and does nothing.';
      report(ordinal, { type: 'event', ordinal }, () => text);
    },
  }),
};

const pairOf = ([a, b]: readonly [number, number]): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

export const neverMended: Finder = {
  id: 'never-mended',
  severity: 'warn',
  title: 'A cut is never mended',
  source: 'a person',
  watch(context, report) {
    const cuts = new Map<string, { readonly ordinal: number; readonly between: readonly [number, number] }>();
    let parted = 0;
    return {
      event(ordinal) {
        const act = isByHand(context, ordinal) ? context.handIn?.(ordinal).act : undefined;
        if (act?.type === 'cut') cuts.set(pairOf(act.between), { ordinal, between: act.between });
        else if (act?.type === 'mend') cuts.delete(pairOf(act.between));
        else if (act?.type === 'partition') parted = ordinal;
        else if (act?.type === 'heal') parted = 0;
      },
      end() {
        if (parted > 0) report(parted, { type: 'event', ordinal: parted }, () => 'The partition that is made here is never healed.');
        for (const { ordinal, between } of cuts.values())
          report(
            ordinal,
            { type: 'event', ordinal },
            () => `${nameOf(context, between[0])} ↔ ${nameOf(context, between[1])}: cut here, and never mended.`,
          );
      },
    };
  },
};
