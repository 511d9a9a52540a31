/** Which play of a world was counted by which watch. */
import type { Playing, World } from '../world.ts';
import type { GroupWatch } from './watch.ts';

export class Watches {
  private readonly kept = new WeakMap<Playing, GroupWatch>();
  private made: GroupWatch | undefined;

  /** Of the play that is being made now. */
  add(watch: GroupWatch): GroupWatch {
    this.made = watch;
    return watch;
  }
  readonly of = (playing: Playing): GroupWatch => this.kept.get(playing)!;
  /** The world; each play of it is remembered with the watch that was added for it. */
  around(inner: World): World {
    return {
      ...inner,
      play: (journal, interventions) => {
        const playing = inner.play(journal, interventions);
        this.kept.set(playing, this.made!);
        return playing;
      },
    };
  }
}
