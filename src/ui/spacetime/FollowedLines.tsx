/** While something is followed: its lines alone, from its beginning to its end; or all again. */
import { arranged, useDiagram } from '../state/diagram.ts';
import type { Story } from '../state/followed.ts';
import { live } from '../state/frame.ts';
import { useLive } from '../state/useLive.ts';
import type { OpenScene } from '../state/store.ts';
import { endAlong } from './window.ts';

/** Of the window before its beginning and behind its end. */
const AIR = 0.04;

function windowOf({ tree }: Story, byTime: boolean, end: number): { readonly from: number; readonly to: number } | null {
  const begins: ArrayLike<number> = byTime ? tree.sent : tree.trigger;
  const ends: ArrayLike<number> = byTime ? tree.end : tree.arrival;
  if (begins.length === 0) return null;
  let from = end;
  let to = 0;
  for (let i = 0; i < begins.length; i++) {
    from = Math.min(from, begins[i]!);
    // What is under way has no end yet.
    to = Math.max(to, begins[i]!, Number.isFinite(ends[i]!) ? ends[i]! : 0);
  }
  const air = AIR * (to - from) + 1;
  return { from: Math.max(0, from - air), to: to + air };
}

export function FollowedLines({ scene }: { readonly scene: OpenScene }) {
  const story = useLive((s) => s.followed);
  const { hidden, axis } = useDiagram();
  if (!story) return null;
  const others = scene.entities.name.length - story.entities.size;
  const isOn = hidden.length === others && hidden.every((entity) => !story.entities.has(entity));
  if (others === 0) return null;
  const press = () => {
    if (isOn) {
      arranged({ hidden: [], window: null });
      return;
    }
    const { collapsed } = useDiagram.getState();
    const window = windowOf(story, axis === 'time', endAlong(axis, live.get()));
    arranged({
      hidden: [...scene.entities.name.keys()].filter((entity) => !story.entities.has(entity)),
      collapsed: collapsed.filter((server) => !story.entities.has(server)),
      ...(window && { window }),
    });
  };
  return (
    <button
      type="button"
      className="st-button"
      aria-pressed={isOn}
      title={isOn ? 'All lines again' : 'The lines of what is followed, and no others, from its beginning to its end'}
      onClick={press}
    >
      Only the followed
    </button>
  );
}
