/** Requests that are never answered, or more than once. RFC 6120 §8.2.3. */
import { Outcome } from '../../kernel/journal.ts';
import { viewOf } from '../views.ts';
import { ofMessage, wayOf, type Finder, type NoteContext } from './finder.ts';

function isRequest({ journal }: NoteContext, message: number): boolean {
  const stanza = journal.stanzas.get(message);
  const type = stanza?.attrs['type'];
  return stanza?.name === 'iq' && (type === 'get' || type === 'set');
}

/** Why there is no answer, as far as the rows say: the farthest that the request came. Undefined while it is on its way. */
function whyNot({ journal, threads, order }: NoteContext, request: number): string | undefined {
  let last = request;
  for (let next: number | undefined = request; next !== undefined;) {
    last = next;
    next = threads.childrenOf(last).find((child) => journal.messages.relays.get(child) === last);
  }
  const end = order.endOf(last);
  if (end === 0) return undefined;
  if (order.causeOf(end) !== last) return 'it was lost on its way';
  if (journal.messages.outcome.get(last) === Outcome.dropped) return 'its receiver dropped it';
  return 'its receiver took it in and said nothing';
}

export const unanswered: Finder = {
  id: 'iq-unanswered',
  severity: 'error',
  title: 'An iq is never answered',
  source: 'RFC 6120 §8.2.3',
  watch(context, report) {
    const { messages, stanzas } = context.journal;
    const open = new Map<number, number>();
    return {
      sent(message, ordinal) {
        if (messages.relays.get(message) < 0 && isRequest(context, message)) open.set(message, ordinal);
        if (stanzas.get(message)?.name === 'iq') open.delete(messages.answers.get(message));
      },
      end(whole) {
        if (!whole) return;
        for (const [message, ordinal] of open) {
          const why = whyNot(context, message);
          if (why === undefined) continue;
          const text = () => `${wayOf(context, message)}: ${context.stage.summary(viewOf(context.journal, message))}: ${why}.`;
          report(Math.max(1, ordinal), ofMessage(message), text);
        }
      },
    };
  },
};

export const answeredTwice: Finder = {
  id: 'iq-answered-twice',
  severity: 'error',
  title: 'An iq is answered more than once',
  source: 'RFC 6120 §8.2.3',
  watch(context, report) {
    const { messages, stanzas } = context.journal;
    const answered = new Set<number>();
    return {
      sent(message, ordinal) {
        const answers = messages.answers.get(message);
        if (answers < 0 || stanzas.get(message)?.name !== 'iq') return;
        if (answered.has(answers))
          report(Math.max(1, ordinal), ofMessage(message), () => `${wayOf(context, message)}: another answer came before.`);
        answered.add(answers);
      },
    };
  },
};
