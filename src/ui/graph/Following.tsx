/** Says what is followed, how it went, and what began it; over the graph while something is. */
import type { Target } from '../../protocol/parts.ts';
import { useController } from '../client/context.ts';
import { hintOf } from '../shared/shortcuts.ts';
import type { Story } from '../state/followed.ts';
import { partOf } from '../shared/format.ts';
import { useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';

/** What the tree of the whole story would be followed from; null where that is what is followed. */
function originOf({ tree }: Story): Target | null {
  const { message, event } = tree.root;
  if (message >= 0) return message === tree.message ? null : { type: 'message', id: message };
  return event > 0 && tree.message >= 0 ? { type: 'event', ordinal: event } : null;
}

export function Following() {
  const controller = useController();
  const following = useView((s) => s.following);
  const story = useLive((s) => s.followed);
  const part = useLive((s) => partOf(s.progress?.preparing));
  if (!following) return null;
  const origin = story && originOf(story);
  const cause = story && `${story.tree.root.text}${story.tree.root.event > 0 ? ` (#${story.tree.root.event})` : ''}`;
  const some = story && story.tree.total > story.tree.id.length ? ` The first ${story.tree.id.length.toLocaleString('en')} are lit.` : '';
  return (
    <section className="following" aria-label="Followed stanza">
      <p title={cause ? `Began with ${cause}` : undefined}>
        <b>Following</b> {story ? story.tree.text + some : `Looking for causes and effects…${part}`}
        {cause && <span className="muted"> Began with {cause}.</span>}
      </p>
      {origin && (
        <button
          type="button"
          className="small-button"
          title="Follow all that the root cause led to, not this stanza alone"
          onClick={() => {
            controller.select(origin);
            controller.follow(origin);
          }}
        >
          From its root
        </button>
      )}
      <button type="button" className="small-button" title={`Stop following (${hintOf('clear')})`} onClick={() => controller.follow(null)}>
        Stop following
      </button>
    </section>
  );
}
