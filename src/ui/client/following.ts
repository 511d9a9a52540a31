/** Keeps the tree of what is followed at hand: asked for when somebody follows something, and again when the run is computed to its end. */
import type { Target } from '../../protocol/parts.ts';
import { storyOf } from '../state/followed.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import type { Controller } from './contract.ts';

export function watchFollowing(ask: Controller['ask'], failed: (error: unknown) => void): void {
  let asked: { readonly target: Target; readonly run: number; readonly ended: boolean } | null = null;
  const look = () => {
    const target = useView.getState().following;
    const { run, progress, followed } = live.get();
    if (!target) {
      asked = null;
      if (followed) live.patch({ followed: null });
      return;
    }
    const ended = progress !== null && progress.ended !== 'running';
    if (run === 0 || (asked?.target === target && asked.run === run && asked.ended === ended)) return;
    const mine = (asked = { target, run, ended });
    void ask('follow', { target }).then(
      (tree) => {
        if (asked === mine) live.patch({ followed: storyOf(tree) });
      },
      (error: unknown) => {
        if (asked !== mine) return;
        failed(error);
        useView.getState().followAsked(null);
      },
    );
  };
  useView.subscribe((now, before) => {
    if (now.following !== before.following) look();
  });
  live.subscribe(look);
}
