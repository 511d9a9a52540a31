/** What the page asks about branches. */
import { serialize } from '../../base/xml/codec.ts';
import { InputError } from '../../base/result.ts';
import type { BranchReply, BranchRequests } from '../../protocol/branches.ts';
import type { Branches } from './branches.ts';
import { choicesFor } from './choices.ts';
import { compareRuns } from './divergence.ts';
import type { Run } from './run.ts';
import { messageView } from './views.ts';

type Handlers = { [N in keyof BranchRequests]: (args: BranchRequests[N]['args']) => BranchRequests[N]['reply'] };

/** @param number of the run on show: another one for each that was not shown before. */
export function branchRequests(current: () => Branches, number: () => number): Handlers {
  const reply = (branches: Branches, ordinal: number): BranchReply => {
    const { run } = branches;
    const at = Math.min(Math.max(0, ordinal), run.journal.eventCount);
    return {
      run: number(),
      active: branches.active,
      branches: branches.list(),
      position: { ordinal: at, tick: run.journal.tickOf(at) },
      ...(branches.undoes !== undefined && { undo: branches.undoes }),
      ...(branches.redoes !== undefined && { redo: branches.redoes }),
    };
  };
  /** The same tick in what is on show now, as far as that is computed. */
  const atTick = (branches: Branches, tick: number): BranchReply => {
    const { run } = branches;
    while (run.tick <= tick && run.advance(1 << 12));
    return reply(branches, run.journal.ordinalAt(tick));
  };
  return {
    intervene(args) {
      const branches = current();
      return reply(branches, branches.intervene(args));
    },
    choices: ({ target, ordinal }) => choicesFor(current().run, target, ordinal),
    checkEdit({ message, xml }) {
      const { run } = current();
      if (!(Number.isInteger(message) && message >= 0 && message < run.journal.messageCount))
        throw new InputError(`There is no stanza ${message} in this run.`);
      const view = messageView(run, message);
      const { stage } = run.world;
      const edited = stage.edited?.(view, xml);
      if (!edited) throw new InputError('Stanzas of this source cannot be edited.');
      const stanza = edited.stanza ?? stage.stanzaOf({ ...view, ...edited, data: edited.data ?? [], stanza: undefined });
      return { text: serialize(stanza, stage.streamNs(view.link)) };
    },
    branches: () => reply(current(), current().run.journal.eventCount),
    branchChosen({ id, tick = 0 }) {
      const branches = current();
      branches.choose(id);
      return atTick(branches, tick);
    },
    branchNamed({ id, name }) {
      const branches = current();
      branches.rename(id, name);
      return reply(branches, 0);
    },
    branchDeleted({ id }) {
      const branches = current();
      const gone = branches.list().find((branch) => branch.id === id);
      branches.remove(id);
      return atTick(branches, gone?.fork.tick ?? 0);
    },
    withdraw({ id, index }) {
      const branches = current();
      const tick = tickOfAct(branches.runBy(id), index);
      branches.withdraw(id, index);
      return atTick(branches, tick);
    },
    undo({ tick }) {
      current().undo();
      return atTick(current(), tick);
    },
    redo({ tick }) {
      current().redo();
      return atTick(current(), tick);
    },
    compareBranches({ a, b }) {
      const branches = current();
      const name = (id: number): string => branches.list().find((branch) => branch.id === id)?.name ?? '';
      return compareRuns(branches.runBy(a), branches.runBy(b), [name(a), name(b)]);
    },
  };
}

function tickOfAct(run: Run, index: number): number {
  const row = run.journal.touched.done.find((done) => done.index === index);
  return row ? run.journal.tickOf(row.ordinal) : 0;
}
