/** What a person does to the run: a list that the run is opened with, so it can be linked to, replayed and undone. */
import type { Intervention } from '../../protocol/intervention.ts';
import type { Target } from '../../protocol/parts.ts';
import { EntityKind } from '../../protocol/scene.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import { useActing } from '../state/acting.ts';
import { useConsole } from '../state/console.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { computedTo } from './computed.ts';
import type { Player } from './player.ts';

export interface ActHost {
  readonly player: Player;
  /** How the open scene was opened. */
  opened(): OpenArgs | null;
  /** Opens it anew, paused at the beginning. */
  open(args: OpenArgs): Promise<boolean>;
  select(target: Target): void;
}
export interface Acts {
  /** The client sends the text now: right after the event where the cursor stands. Answers whether it did. */
  send(entity: number, text: string): Promise<boolean>;
  /** Takes back what was done last. */
  undo(): Promise<void>;
  /** Opens the XML console of the selected client, or of the first one, and goes there. */
  summon(): void;
  /** Opens the panel of the selected client, or of the first one: what it can be made to do. */
  actAs(): void;
}

export function createActs({ player, opened, open, select }: ActHost): Acts {
  const view = useView.getState;
  /** The same run with another list, shown where it is at the event; who was looking at something still does. */
  const replay = async (interventions: readonly Intervention[], ordinal: number, target: Target | null): Promise<boolean> => {
    const args = opened();
    const { playing, speed } = view();
    if (!args || !(await open({ ...args, interventions: interventions.length > 0 ? interventions : undefined }))) return false;
    const { run } = live.get();
    view().speedChosen(speed);
    await computedTo(live, ordinal);
    if (live.get().run !== run) return true;
    await player.seekOrdinal(Math.min(ordinal, live.get().progress?.events ?? 0));
    // Only now: what it was at the beginning is no moment to compare with.
    view().picked(target);
    if (playing) player.play();
    return true;
  };
  /** Selects a client, where none is selected; says why not, where there is none. */
  const toClient = (otherwise: string): boolean => {
    const { scene, selection, said } = view();
    const kind = scene?.entities.kind;
    const first = kind?.indexOf(EntityKind.client) ?? -1;
    if (!scene?.capabilities.intervene || first < 0) {
      said(otherwise);
      return false;
    }
    const isClient = selection?.type === 'entity' && kind?.[selection.index] === EntityKind.client;
    select(isClient ? selection : { type: 'entity', index: first });
    return true;
  };
  return {
    send(entity, text) {
      const after = cursorOf(live.get());
      const at = Math.floor(live.get().t);
      const before = opened()?.interventions ?? [];
      // What follows an event of the old run means nothing in the new one.
      const kept = before.filter((done) => done.after < after);
      if (kept.length < before.length)
        view().said(`${before.length - kept.length} later by hand left out: it followed events that are no longer those.`);
      return replay([...kept, { after, at, do: { type: 'inject', entity, text } }], after + 1, { type: 'entity', index: entity });
    },
    summon() {
      if (toClient('Only clients of an XMPP scene have a console.'))
        useConsole.setState(({ summons }) => ({ open: true, summons: summons + 1 }));
    },
    actAs() {
      if (toClient('Only clients of an XMPP scene can be made to act.'))
        useActing.setState(({ summons }) => ({ open: true, summons: summons + 1 }));
    },
    async undo() {
      const before = opened()?.interventions ?? [];
      const last = before.at(-1);
      if (!last) view().said('Nothing was done by hand in this run.');
      else await replay(before.slice(0, -1), Math.min(last.after, cursorOf(live.get())), view().selection);
    },
  };
}
