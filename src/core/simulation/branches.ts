/**
 * The branches of an open scene. What they are is immutable data, so that undo is the list as it was before; their runs hang on it, made when
 * somebody looks, forked from the run that they have the most in common with, and given up again when there are too many rows.
 */
import { InputError } from '../../base/result.ts';
import type { Acted, Branch, InterveneArgs, SavedBranch } from '../../protocol/branches.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { Position } from '../../protocol/protocol.ts';
import { describeAct, checkAct } from './interventions.ts';
import { reanchored } from './reanchor.ts';
import { Run } from './run.ts';
import { messageView } from './views.ts';
import type { World } from './world.ts';

/** Rows in memory of all runs that are kept together, but for the one on show; those that only undo would lead back to are among them. */
const MOST_ROWS = 4_000_000;
const MOST_UNDO = 200;
const MOST_BRANCHES = 40;
const MOST_NAME = 80;

interface Kept {
  readonly id: number;
  readonly name: string;
  readonly parent: number | null;
  /** After which event of its parent it begins, and when. */
  readonly fork: Position;
  readonly interventions: readonly Intervention[];
  /** What it is of is never changed, so its run may come and go. */
  readonly made: { run?: Run; used: number };
}
interface State {
  readonly list: readonly Kept[];
  readonly active: number;
  /** What led to it. */
  readonly done: string;
}

export class Branches {
  readonly world: World;
  private state: State;
  private past: State[] = [];
  private future: State[] = [];
  private next = 1;
  private clock = 0;
  private readonly mostRows: number;

  constructor(world: World, interventions: readonly Intervention[], saved: readonly SavedBranch[] = [], active = 0, mostRows = MOST_ROWS) {
    this.world = world;
    this.mostRows = mostRows;
    const first: Kept = {
      id: 0,
      name: 'Main run',
      parent: null,
      fork: { ordinal: 0, tick: 0 },
      interventions: inOrder(interventions),
      made: { used: 0 },
    };
    const list = [first];
    for (const { name, parent, interventions: given } of saved.slice(0, MOST_BRANCHES - 1)) {
      const own = inOrder(given);
      const before = list[parent] ?? first;
      const common = own.findIndex((done, i) => JSON.stringify(done) !== JSON.stringify(before.interventions[i]));
      const { after = 0, at = 0 } = own[common] ?? own.at(-1) ?? {};
      list.push({
        id: this.next++,
        name: named(name),
        parent: before.id,
        fork: { ordinal: after, tick: at },
        interventions: own,
        made: { used: 0 },
      });
    }
    this.state = { list, active: list[active]?.id ?? 0, done: '' };
  }

  get active(): number {
    return this.state.active;
  }
  get run(): Run {
    return this.runOf(this.kept(this.state.active));
  }
  get undoes(): string | undefined {
    return this.past.length > 0 ? this.state.done : undefined;
  }
  get redoes(): string | undefined {
    return this.future.at(-1)?.done;
  }

  /** @throws InputError for what cannot be done. @returns the event to look at. */
  intervene({ ordinal, at, do: act, message, fork }: InterveneArgs): number {
    const { run } = this;
    checkAct(this.world, act);
    if (!(Number.isInteger(ordinal) && ordinal >= 0 && ordinal <= run.journal.eventCount))
      throw new InputError(`There is no event ${ordinal} in this run to act after.`);
    const placed = { after: ordinal, at: at === undefined ? undefined : Math.floor(at) };
    const added = intervention(run, placed, act, message);
    const applied = new Map(run.journal.touched.done.map((done) => [done.index, done.ordinal]));
    const before = run.interventions.filter((_, i) => (applied.get(i) ?? Infinity) <= ordinal);
    const list = [...before, added];
    const now = this.kept(this.state.active);
    const text = describeAct(this.world, act);
    // Whoever goes on with what he has begun wants no branch for each step.
    const goesOn = now.parent !== null && !fork && before.length === run.interventions.length;
    if (!goesOn && this.state.list.length >= MOST_BRANCHES)
      throw new InputError({ message: `There are ${MOST_BRANCHES} branches already.`, hint: 'Delete one.' });
    const made = { run: new Run(this.world, list, undefined, { run, ordinal }), used: ++this.clock };
    const branch: Kept = goesOn
      ? { ...now, interventions: list, made }
      : {
          id: this.next++,
          name: another(named(text), this.state.list),
          parent: now.id,
          fork: { ordinal, tick: run.journal.tickOf(ordinal) },
          interventions: list,
          made,
        };
    const others = this.state.list.filter(({ id }) => id !== branch.id);
    this.become({ list: [...others, branch].sort((a, b) => a.id - b.id), active: branch.id, done: text });
    const row = (): number | undefined => made.run.journal.touched.done.find(({ index }) => index === list.length - 1)?.ordinal;
    while (row() === undefined && made.run.advance(256));
    return row() ?? made.run.journal.eventCount;
  }
  choose(id: number): void {
    this.kept(id);
    this.state = { ...this.state, active: id };
  }
  rename(id: number, name: string): void {
    const { name: before } = this.kept(id);
    if (name.trim() === '') throw new InputError('A branch needs a name.');
    this.become({ ...this.state, list: this.with(id, { name: named(name) }), done: `rename “${before}”` });
  }
  remove(id: number): void {
    const { parent, name } = this.kept(id);
    if (parent === null) throw new InputError('The main run is what the branches are forked from: it cannot be deleted.');
    const gone = new Set([id]);
    for (const branch of this.state.list) if (branch.parent !== null && gone.has(branch.parent)) gone.add(branch.id);
    const active = gone.has(this.state.active) ? parent : this.state.active;
    this.become({ list: this.state.list.filter((branch) => !gone.has(branch.id)), active, done: `delete “${name}”` });
  }
  /** What was done later stays, where the same event and the same message are found again. */
  withdraw(id: number, index: number): void {
    const branch = this.kept(id);
    const run = this.runOf(branch);
    const taken = run.interventions[index];
    if (!taken) throw new InputError(`Nothing of that number was done in “${branch.name}”.`);
    while (run.advance(1 << 14) && run.journal.touched.done.length < run.interventions.length);
    const list = run.interventions.slice(0, index);
    let next = new Run(this.world, list, undefined, { run, ordinal: taken.after });
    for (const later of run.interventions.slice(index + 1)) {
      const moved = reanchored(run, next, later);
      list.push(moved);
      next = new Run(this.world, [...list], undefined, { run: next, ordinal: moved.after });
    }
    this.become({
      ...this.state,
      list: this.with(id, { interventions: list, made: { run: next, used: ++this.clock } }),
      done: `take back “${describeAct(this.world, taken.do)}”`,
    });
  }
  /** Answers whether there was anything. */
  undo(): boolean {
    const before = this.past.pop();
    if (!before) return false;
    this.future.push(this.state);
    this.state = before;
    return true;
  }
  redo(): boolean {
    const after = this.future.pop();
    if (!after) return false;
    this.past.push(this.state);
    this.state = after;
    return true;
  }

  /** Goes ahead with the run on show, then with the others; answers whether there is more to do. */
  work(events: number): boolean {
    if (this.run.advance(events)) return true;
    const other = this.state.list.find(({ made }) => made.run?.ended === 'running');
    if (other && !other.made.run!.advance(events)) this.spare();
    return this.isBusy;
  }
  get isBusy(): boolean {
    return this.run.ended === 'running' || this.state.list.some(({ made }) => made.run?.ended === 'running');
  }
  list(): readonly Branch[] {
    return this.state.list.map(({ id, name, parent, fork, interventions, made: { run } }) => ({
      id,
      name,
      parent,
      fork,
      acts: actsOf(this.world, run, interventions),
      end: run ? { ordinal: run.journal.eventCount, tick: run.tick, ended: run.ended } : { ordinal: 0, tick: 0, ended: 'running' },
      ...(run && run.ended !== 'running' && { metrics: run.metrics() }),
    }));
  }
  /** Made if need be. */
  runBy(id: number): Run {
    return this.runOf(this.kept(id));
  }

  private kept(id: number): Kept {
    const found = this.state.list.find((branch) => branch.id === id);
    if (found) return found;
    throw new InputError(`There is no branch ${id}.`);
  }
  private runOf({ made, interventions, parent, fork }: Kept): Run {
    made.used = ++this.clock;
    if (made.run) return made.run;
    const from = parent === null ? undefined : this.state.list.find(({ id }) => id === parent)?.made.run;
    const run = (made.run = new Run(this.world, interventions, undefined, shares(from, interventions, fork.ordinal)));
    this.spare();
    return run;
  }
  /** Runs that nobody has looked at for longest give up their rows, where there are too many. */
  private spare(): void {
    const all = new Set([this.state, ...this.past, ...this.future].flatMap(({ list }) => list.map(({ made }) => made)));
    all.delete(this.kept(this.state.active).made);
    let rows = 0;
    for (const made of [...all].sort((a, b) => b.used - a.used)) {
      rows += made.run?.rowsHere ?? 0;
      if (rows > this.mostRows) delete made.run;
    }
  }
  private with(id: number, change: Partial<Kept>): readonly Kept[] {
    return this.state.list.map((branch) => (branch.id === id ? { ...branch, ...change } : branch));
  }
  private become(state: State): void {
    this.past.push(this.state);
    if (this.past.length > MOST_UNDO) this.past.shift();
    this.future = [];
    this.state = state;
    this.spare();
  }
}

/** As runs have them: what was done is known by its place among all. */
const inOrder = (list: readonly Intervention[]): readonly Intervention[] => list.toSorted((a, b) => a.after - b.after);

/** The same thing done twice makes two branches, which are told apart. */
function another(name: string, list: readonly { readonly name: string }[]): string {
  let next = name;
  for (let i = 2; list.some((branch) => branch.name === next); i++) next = `${name} (${i})`;
  return next;
}

const named = (name: string): string => {
  const text = name.replaceAll(/\s+/g, ' ').trim();
  return text.length > MOST_NAME ? `${text.slice(0, MOST_NAME - 1)}…` : text;
};

/** Only a run that did the same up to the fork has anything to share. */
function shares(run: Run | undefined, list: readonly Intervention[], ordinal: number): { run: Run; ordinal: number } | undefined {
  if (!run || run.journal.eventCount < ordinal) return undefined;
  const mine = list.filter(({ after }) => after < ordinal);
  const theirs = run.interventions.filter(({ after }) => after < ordinal);
  return JSON.stringify(mine) === JSON.stringify(theirs) ? { run, ordinal } : undefined;
}

type Placed = Pick<Intervention, 'after' | 'at'>;

function intervention(run: Run, placed: Placed, act: InterveneArgs['do'], message: number | undefined): Intervention {
  switch (act.type) {
    case 'drop':
    case 'delay':
    case 'duplicate':
    case 'reorder':
    case 'edit': {
      if (message === undefined || !(Number.isInteger(message) && message >= 0 && message < run.journal.messageCount))
        throw new InputError(`There is no stanza ${message ?? ''} in this run.`);
      if (act.type === 'edit') run.world.stage.edited?.(messageView(run, message), act.xml);
      const event = run.journal.messages.trigger.get(message);
      return { ...placed, target: { event, nth: message - run.journal.sentBy(event)[0] + 1 }, do: act };
    }
    default:
      return { ...placed, do: act };
  }
}

function actsOf(world: World, run: Run | undefined, interventions: readonly Intervention[]): readonly Acted[] {
  const rows = new Map(run?.journal.touched.done.map((done) => [done.index, done]));
  return interventions.map((intervention, index) => {
    const row = rows.get(index);
    const { do: act } = intervention;
    const text = describeAct(world, act);
    const common = { intervention, text, target: row ? ({ type: 'event', ordinal: row.ordinal } as const) : null };
    if (!row || !run) return { ...common, state: 'waiting' };
    if (row.found) return { ...common, state: 'done', ordinal: row.ordinal };
    const rule = run.journal.ruleName(run.journal.events.rule.get(row.ordinal));
    return { ...common, state: 'no-target', ordinal: row.ordinal, why: world.stage.rules.get(rule)?.text ?? rule };
  });
}
