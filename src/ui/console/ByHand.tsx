/** What was done by hand in this run, over the picture: seen with every panel closed, gone to and undone. */
import { useController } from '../client/context.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { useView } from '../state/store.ts';
import './console.css';

export function ByHand() {
  const controller = useController();
  const done = useView((s) => s.asked?.interventions) ?? [];
  const names = useView((s) => s.scene?.entities.name);
  if (done.length === 0) return null;
  return (
    <section aria-label="Done by hand" className="by-hand">
      By hand
      <ol>
        {done.map(({ after, do: { entity, text } }, i) => (
          <li key={after}>
            <button
              type="button"
              className="by-hand-go"
              title={text}
              aria-label={`Go to what was done by hand, ${i + 1} of ${done.length}: ${names?.[entity]} sends ${startOf(text)}`}
              onClick={() => void controller.goTo(after + 1, { type: 'event', ordinal: after + 1 })}
            >
              {i < done.length - 1 ? (
                i + 1
              ) : (
                <>
                  <b>{names?.[entity]}</b> sends {startOf(text)}
                </>
              )}
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="by-hand-undo" title={`Undo (${hintOf('undo')})`} onClick={() => void controller.acts.undo()}>
        Undo
      </button>
    </section>
  );
}

/** `<iq ping>`: the stanza and what it is about. */
function startOf(text: string): string {
  const [first = '', second = ''] = [...text.matchAll(/<([\w:-]+)/g)].map(([, name]) => name);
  return first === '' ? 'text' : `<${first}${second === '' ? '' : ` ${second}`}>`;
}
