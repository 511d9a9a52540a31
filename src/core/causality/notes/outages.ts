/** What goes down or is cut, what never comes back, and who went without because of it. */
import { EntityKind, LinkState } from '../../../protocol/scene.ts';
import { Outcome, What } from '../../kernel/journal.ts';
import { nameOf, wayOf, ofMessage, type Finder, type NoteContext } from './finder.ts';

const isDown = ({ stage }: NoteContext, state: number): boolean => stage.states[state]?.look === 'offline';
/** A client that is offline is nothing unusual; a node that takes part in gossip is one that has crashed or left. */
const counts = ({ stage }: NoteContext, entity: number): boolean =>
  stage.entities.kind[entity] !== EntityKind.client || stage.updatesIn !== undefined;

export const wentDown: Finder = {
  id: 'went-down',
  severity: 'note',
  title: 'An entity goes down',
  source: 'its shown state',
  watch: (context, report) => ({
    event(ordinal) {
      const { changes } = context.journal;
      const [first, end] = context.journal.changedBy(ordinal);
      for (let c = first; c < end; c++) {
        const index = changes.entity.get(c);
        if (isDown(context, changes.before.get(c)) || !isDown(context, changes.after.get(c)) || !counts(context, index)) continue;
        report(ordinal, { type: 'entity', index }, () => `${nameOf(context, index)} is down from here on.`);
      }
    },
  }),
};

export const neverBack: Finder = {
  id: 'never-back',
  severity: 'warn',
  title: 'An entity never comes back',
  source: 'its shown state',
  watch(context, report) {
    const since = new Map<number, number>();
    return {
      event(ordinal) {
        const { changes } = context.journal;
        const [first, end] = context.journal.changedBy(ordinal);
        for (let c = first; c < end; c++) {
          const index = changes.entity.get(c);
          if (!isDown(context, changes.after.get(c))) since.delete(index);
          else if (!isDown(context, changes.before.get(c)) && counts(context, index)) since.set(index, ordinal);
        }
      },
      end() {
        for (const [index, ordinal] of since)
          report(ordinal, { type: 'entity', index }, () => `${nameOf(context, index)} goes down here and is down at the end.`);
      },
    };
  },
};

export const givenUp: Finder = {
  id: 'connection-given-up',
  severity: 'warn',
  title: 'A connection is given up',
  source: 'RFC 9293 §3.8.3',
  watch: ({ journal, ...context }, report) => ({
    event(ordinal) {
      const { what, rule, entity } = journal.events;
      if (what.get(ordinal - 1) !== What.nothing || journal.ruleName(rule.get(ordinal - 1)) !== 'tcp/broken') return;
      const index = entity.get(ordinal - 1);
      report(ordinal, { type: 'entity', index }, () => `${context.stage.entities.name[index]}: nothing got through for a hundred seconds.`);
    },
  }),
};

export const cutForGood: Finder = {
  id: 'cut-for-good',
  severity: 'warn',
  title: 'A link is cut and never comes back',
  source: 'what travelled on it',
  watch(context, report) {
    const { journal } = context;
    /** By link: what was cut first since anything last got through. */
    const since = new Map<number, number>();
    return {
      event(ordinal) {
        if (journal.events.what.get(ordinal - 1) !== What.arrival) return;
        const message = journal.events.subject.get(ordinal - 1);
        const link = journal.messages.link.get(message);
        if (journal.messages.outcome.get(message) !== Outcome.cut) since.delete(link);
        else if (!since.has(link)) since.set(link, ordinal);
      },
      end() {
        for (const ordinal of since.values()) {
          const message = journal.events.subject.get(ordinal - 1);
          report(ordinal, ofMessage(message), () => `${wayOf(context, message)}: cut here, and nothing gets through any more.`);
        }
        const { from, to } = context.stage.links;
        if (context.stage.streams !== true) return;
        journal.links.statesAt(journal.eventCount, from.length).forEach((state, link) => {
          if (state !== LinkState.half || from[link]! > to[link]!) return;
          report(
            Math.max(1, journal.links.changedAt(link)),
            { type: 'link', index: link },
            () =>
              `${nameOf(context, from[link]!)} ↔ ${nameOf(context, to[link]!)}: one side still holds the stream, and the other does not.`,
          );
        });
      },
    };
  },
};

export const neverReached: Finder = {
  id: 'never-reached',
  severity: 'error',
  title: 'A node is never reached',
  source: 'what was sent to it',
  watch(context, report) {
    const { journal, order, stage, threads } = context;
    /** By entity: messages with an update that were for it, and those that never came. */
    const meant = new Map<number, { all: number; lost: number }>();
    return {
      event(ordinal) {
        if (!stage.updatesIn || journal.events.what.get(ordinal - 1) !== What.arrival) return;
        const message = journal.events.subject.get(ordinal - 1);
        if (threads.updatesIn(message).length === 0) return;
        const to = journal.messages.to.get(message);
        const tried = meant.get(to) ?? { all: 0, lost: 0 };
        meant.set(to, { all: tried.all + 1, lost: tried.lost + (order.causeOf(ordinal) < 0 ? 1 : 0) });
      },
      end(whole) {
        const updates = threads.updates;
        if (!whole || updates.length === 0) return;
        stage.entities.kind.forEach((kind, index) => {
          if (kind !== EntityKind.node && kind !== EntityKind.client) return;
          const missed = updates.filter((update) => !threads.has(index, update));
          if (missed.length === 0) return;
          const { all, lost } = meant.get(index) ?? { all: 0, lost: 0 };
          const why =
            all === 0
              ? 'nobody ever sent it any'
              : lost === all
                ? `all ${all} that were sent to it were lost on the way`
                : `${all} were sent to it, ${lost} of them lost, and these were not among them`;
          const what = updates.length === 1 ? 'the update' : `${missed.length} of ${updates.length} updates`;
          report(journal.eventCount, { type: 'entity', index }, () => `${nameOf(context, index)} never gets ${what}: ${why}.`);
        });
      },
    };
  },
};
