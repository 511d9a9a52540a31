/** What was done by hand in this run, over the picture: seen with every panel closed, and gone to. */
import { useController } from '../client/context.ts';
import { useBranches } from '../state/branches.ts';
import { useView } from '../state/store.ts';
import './console.css';

export function ByHand() {
  const controller = useController();
  const done = useBranches(({ told }) => told?.branches.find(({ id }) => id === told.active)?.acts);
  // Of several pictures each is called by it.
  const several = useView((s) => s.panes.length > 0);
  if (!done || done.length === 0 || several) return null;
  return (
    <section aria-label="Done by hand" className="by-hand">
      By hand
      <ol>
        {done.map(({ intervention, text, why, ordinal = intervention.after + 1 }, i) => {
          const sent = intervention.do.type === 'inject' ? intervention.do.text : text;
          return (
            <li key={`${intervention.after} ${text}`}>
              <button
                type="button"
                className="by-hand-go"
                title={why === undefined ? sent : `${text}: came to nothing. ${why}`}
                aria-label={`Go to what was done by hand, ${i + 1} of ${done.length}: ${text}${why === undefined ? '' : ', came to nothing'}`}
                onClick={() => void controller.goTo(ordinal, { type: 'event', ordinal })}
              >
                {i < done.length - 1 ? i + 1 : text}
                {why !== undefined && <span className="muted"> came to nothing</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
