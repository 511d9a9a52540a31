/** What was delivered twice, lost on the way, or taken no further. */
import { Outcome, What } from '../../kernel/journal.ts';
import { toldTo } from '../same.ts';
import { News } from '../threads.ts';
import { viewOf } from '../views.ts';
import { nameOf, ofMessage, wayOf, type Finder, type NoteContext } from './finder.ts';

export const knownUpdate: Finder = {
  id: 'gossip-duplicate',
  severity: 'chat',
  title: 'A node is told what it knew',
  source: 'redundancy',
  watch: (context, report) => ({
    event(ordinal) {
      const message = context.order.causeOf(ordinal);
      if (message < 0 || context.threads.newsOf(message) !== News.known) return;
      report(ordinal, ofMessage(message), () => `${wayOf(context, message)}: the receiver had it already.`);
    },
  }),
};

export const twice: Finder = {
  id: 'message-twice',
  severity: 'warn',
  title: 'A client gets the same message twice',
  source: 'XEP-0359 §3.1',
  watch(context, report) {
    const { journal, order, stage } = context;
    const seen = new Map<string, number>();
    return {
      event(ordinal) {
        const message = order.causeOf(ordinal);
        if (message < 0 || journal.stanzas.get(message)?.attrs['type'] === 'error') return;
        if (journal.messages.outcome.get(message) !== Outcome.delivered) return;
        const text = toldTo(journal, stage, message);
        if (text === undefined) return;
        const before = seen.get(text);
        if (before === undefined) seen.set(text, ordinal);
        else
          report(
            ordinal,
            ofMessage(message),
            () => `${nameOf(context, journal.messages.to.get(message))} had it in #${before}: ${stage.summary(viewOf(journal, message))}`,
          );
      },
    };
  },
};

/** The rule of a row in which nothing happened, in words. */
const ruleText = ({ journal, stage }: NoteContext, ordinal: number): string => {
  const id = journal.ruleName(journal.events.rule.get(ordinal - 1));
  return stage.rules.get(id)?.text ?? id;
};
function silent(isWanted: (context: NoteContext, message: number) => boolean): Finder['watch'] {
  return (context, report) => ({
    event(ordinal) {
      const { what, subject } = context.journal.events;
      const message = subject.get(ordinal - 1);
      // What only waits, before a paused entity or for TCP to try again, is not at its end.
      if (what.get(ordinal - 1) !== What.nothing || message < 0 || ordinal < context.order.endOf(message)) return;
      if (!isWanted(context, message)) return;
      const id = context.journal.ruleName(context.journal.events.rule.get(ordinal - 1));
      const source = context.stage.rules.get(id)?.source;
      report(ordinal, ofMessage(message), () => `${wayOf(context, message)}: ${ruleText(context, ordinal)}`, source);
    },
  });
}
const isLost = ({ order }: NoteContext, message: number): boolean => {
  const end = order.endOf(message);
  return end > 0 && order.causeOf(end) !== message;
};

export const lost: Finder = {
  id: 'lost',
  severity: 'warn',
  title: 'Lost on the way',
  source: 'the conditions of this run',
  watch: silent(isLost),
};

export const dropped: Finder = {
  id: 'dropped',
  severity: 'note',
  title: 'Dropped by its receiver',
  source: 'the rule that fired',
  watch: silent((context, message) => !isLost(context, message) && context.journal.messages.outcome.get(message) === Outcome.dropped),
};
