/** What a person does to the run: each act is asked of the source, which answers with the branch that it made, or went on with. */
import { problemOf } from '../../base/result.ts';
import type { Acted, BranchReply, BranchRequests, InterveneArgs, SavedBranch } from '../../protocol/branches.ts';
import type { Target } from '../../protocol/parts.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import { EntityKind } from '../../protocol/scene.ts';
import { useActing } from '../state/acting.ts';
import { useBranches } from '../state/branches.ts';
import { useConsole } from '../state/console.ts';
import { canSend } from '../state/sending.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import type { Pane } from './pane.ts';
import type { Player } from './player.ts';

export interface ActHost {
  readonly player: Player;
  pane(): Pane;
  /** How the open scene was opened. */
  opened(): OpenArgs | null;
  /** It would be opened like this now; another run of it is on show, where `run` is another number. */
  turned(args: OpenArgs, run: number): void;
  select(target: Target): void;
  failed(error: unknown): void;
}
export interface Acts {
  /** Does it now: right after the event where the cursor stands. @param message id of the stanza that it is done to. Answers whether it was done. */
  apply(act: InterveneArgs['do'], message?: number, fork?: boolean): Promise<boolean>;
  /** The client sends the text now. Answers whether it did. */
  send(entity: number, text: string): Promise<boolean>;
  /** Takes back what was done last, with branches or by hand. */
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Another branch, at the same time. */
  choose(id: number): Promise<void>;
  rename(id: number, name: string): Promise<void>;
  /** With those that were forked from it. */
  remove(id: number): Promise<void>;
  /** Takes one thing back that was done in a branch; later ones stay as far as they still mean anything. */
  withdraw(id: number, index: number): Promise<void>;
  /** Asks for the branches again: how far others are computed. */
  refresh(): Promise<void>;
  /** Opens the XML console of the selected client, or of the first one, and goes there. */
  summon(): void;
  /** Opens the panel of the selected client, or of the first one: what it can be made to do. */
  actAs(): void;
}

type Changing = 'intervene' | 'branchChosen' | 'branchNamed' | 'branchDeleted' | 'withdraw' | 'undo' | 'redo' | 'branches';

export function createActs({ player, pane, opened, turned, select, failed }: ActHost): Acts {
  const view = useView.getState;
  const tick = (): number => Math.floor(live.get().t);

  /** Takes the answer in: where it is about another run, that one is shown at the place it names. */
  const take = async (reply: BranchReply, target: Target | null): Promise<void> => {
    const args = opened();
    if (!args) return;
    const before = useBranches.getState().told;
    useBranches.setState({ told: reply });
    sayWhatCameToNothing(before, reply);
    const { playing, speed } = view();
    const isOther = reply.run !== live.get().run;
    if (isOther) player.reset();
    turned(withBranches(args, reply), reply.run);
    if (!isOther) return;
    view().speedChosen(speed);
    await player.seekOrdinal(reply.position.ordinal);
    if (live.get().run !== reply.run) return;
    // Only now: what it was at the beginning is no moment to compare with.
    view().picked(target);
    if (playing) player.play();
  };
  const ask = async <N extends Changing>(
    name: N,
    args: BranchRequests[N]['args'],
    targetIn: (reply: BranchReply) => Target | null = keptTarget,
  ): Promise<boolean> => {
    try {
      // Each of these answers with the branches.
      const reply = (await pane().ask(name, args)) as BranchReply;
      await take(reply, targetIn(reply));
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  };
  // One after the other: each is about the run, and the cursor in it, that the one before it left. Another pane's are nothing to wait for.
  let last: { readonly pane: Pane; readonly over: Promise<unknown> } | undefined;
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const before = last?.pane === pane() ? last.over : Promise.resolve();
    const mine = before.then(act);
    last = { pane: pane(), over: mine.catch(() => undefined) };
    return mine;
  };
  const apply: Acts['apply'] = (act, message, fork) => {
    const targetIn = (reply: BranchReply): Target | null => {
      if ('entity' in act) return { type: 'entity', index: act.entity };
      // A stanza has another number in another run: it is what was acted on.
      return message === undefined ? keptTarget() : (lastActOf(reply)?.target ?? keptTarget());
    };
    return inTurn(() => ask('intervene', { ordinal: cursorOf(live.get()), at: tick(), do: act, message, fork }, targetIn));
  };
  const done = async (name: 'undo' | 'redo'): Promise<void> => {
    const { told } = useBranches.getState();
    const last = (told?.branches.find(({ id }) => id === told.active)?.acts.length ?? 0) - 1;
    if (told?.[name] !== undefined) await ask(name, { tick: tick() });
    // What a link brought along was done as well.
    else if (name === 'undo' && told && last >= 0) await ask('withdraw', { id: told.active, index: last });
    else view().said(name === 'undo' ? 'Nothing was done by hand in this run.' : 'There is nothing to be done again.');
  };
  const isClient = (index: number): boolean => view().scene?.entities.kind[index] === EntityKind.client;
  const isSender = (index: number): boolean => {
    const { scene } = view();
    return scene !== null && canSend(scene, index);
  };
  /** Selects one who can, if there is one; else says so. */
  const toSender = (can: (index: number) => boolean, otherwise: string): boolean => {
    const { scene, selection, said } = view();
    const first = scene?.entities.jid.findIndex((_, index) => can(index)) ?? -1;
    if (!scene?.capabilities.intervene || first < 0) {
      said(otherwise);
      return false;
    }
    const isOne = selection?.type === 'entity' && can(selection.index);
    select(isOne ? selection : { type: 'entity', index: first });
    return true;
  };
  return {
    apply,
    send: (entity, text) => apply({ type: 'inject', entity, text }),
    undo: () => inTurn(() => done('undo')),
    redo: () => inTurn(() => done('redo')),
    choose: async (id) => void (await inTurn(() => ask('branchChosen', { id, tick: tick() }))),
    rename: async (id, name) => void (await inTurn(() => ask('branchNamed', { id, name }))),
    remove: async (id) => void (await inTurn(() => ask('branchDeleted', { id }))),
    withdraw: async (id, index) => void (await inTurn(() => ask('withdraw', { id, index }))),
    async refresh() {
      try {
        useBranches.setState({ told: await pane().ask('branches', {}) });
      } catch (error) {
        if (useBranches.getState().told) failed(problemOf(error));
      }
    },
    summon() {
      if (toSender(isClient, 'Only clients of an XMPP scene have a console.'))
        useConsole.setState(({ summons }) => ({ open: true, summons: summons + 1 }));
    },
    actAs() {
      if (toSender(isSender, 'Only clients and nodes can be made to act, and there are none here.'))
        useActing.setState(({ summons }) => ({ open: true, summons: summons + 1 }));
    },
  };
}

const lastActOf = ({ branches, active }: BranchReply): Acted | undefined => branches.find(({ id }) => id === active)?.acts.at(-1);

/** Where something was taken back, what was done later may have lost what it was done to: it is kept, and this says so. */
function sayWhatCameToNothing(before: BranchReply | null, now: BranchReply): void {
  const lost = (reply: BranchReply | null) =>
    reply?.branches.find(({ id }) => id === now.active)?.acts.filter(({ state }) => state === 'no-target') ?? [];
  const [was, is] = [lost(before), lost(now)];
  const last = is.at(-1);
  if (last && is.length > was.length) useView.getState().said(`“${last.text}” came to nothing now. ${last.why ?? ''}`);
}

/** Entities and links are the same in every run; stanzas and events are not. */
function keptTarget(): Target | null {
  const { selection } = useView.getState();
  return selection?.type === 'entity' || selection?.type === 'link' ? selection : null;
}

/** How to open the scene with these branches. */
function withBranches(args: OpenArgs, { branches, active }: BranchReply): OpenArgs {
  const index = (id: number | null): number =>
    Math.max(
      0,
      branches.findIndex((branch) => branch.id === id),
    );
  const [main, ...others] = branches;
  const saved = others.map(({ name, parent, acts }): SavedBranch => ({
    name,
    parent: index(parent),
    interventions: acts.map(({ intervention }) => intervention),
  }));
  const done = main?.acts.map(({ intervention }) => intervention) ?? [];
  const { interventions: _, branches: __, active: ___, ...rest } = args;
  return {
    ...rest,
    ...(done.length > 0 && { interventions: done }),
    ...(saved.length > 0 && { branches: saved }),
    ...(index(active) > 0 && { active: index(active) }),
  };
}
