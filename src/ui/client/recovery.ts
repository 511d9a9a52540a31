/** A worker that has died: the run is a function of scenario, seed and what was done, so it is made anew, and shown where it was. */
import type { OpenArgs } from '../../protocol/protocol.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { computedTo } from './computed.ts';
import type { Player } from './player.ts';

/** Who dies again so soon dies of the run itself. */
const SOON_MS = 15_000;

export interface RecoveryHost {
  readonly player: Player;
  /** How the open scene was opened, and what was done in it since. */
  opened(): OpenArgs | null;
  /** Another worker in the place of the dead one. */
  renew(): void;
  open(args: OpenArgs): Promise<boolean>;
}

export function createRecovery({ player, opened, renew, open }: RecoveryHost): (message: string) => void {
  const view = useView.getState;
  let last = -Infinity;
  const rebuild = async (message: string): Promise<void> => {
    const args = opened();
    const now = performance.now();
    const again = now - last < SOON_MS;
    last = now;
    const { t } = live.get();
    const at = cursorOf(live.get());
    const { selection, speed } = view();
    player.reset();
    if (!args || again) {
      view().problemMet({ message, hint: 'The link in the address bar brings you back to this moment.' }, 'reload');
      return;
    }
    renew();
    if (!(await open(args))) return;
    const { run } = live.get();
    view().speedChosen(speed);
    await computedTo(live, at);
    if (live.get().run !== run) return;
    await player.seekOrdinal(at, t);
    view().picked(selection);
    view().said(
      'The simulation had died and was started again: the run is rebuilt from its scenario, seed and what was done by hand, and shown where it was.',
    );
  };
  return (message) => void rebuild(message);
}
