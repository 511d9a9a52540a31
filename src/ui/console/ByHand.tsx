/** What was done by hand in this run, over the picture: seen with every panel closed, and gone to. */
import type { Intervention } from '../../protocol/intervention.ts';
import { useController } from '../client/context.ts';
import { doneByHand } from '../state/branches.ts';
import { useView } from '../state/store.ts';
import './console.css';

export function ByHand() {
  const controller = useController();
  const done = doneByHand(useView((s) => s.asked));
  const names = useView((s) => s.scene?.entities.name);
  if (done.length === 0) return null;
  return (
    <section aria-label="Done by hand" className="by-hand">
      By hand
      <ol>
        {done.map((intervention, i) => {
          const { after } = intervention;
          const words = wordsOf(intervention, names);
          return (
            <li key={`${after}-${words}`}>
              <button
                type="button"
                className="by-hand-go"
                title={intervention.do.type === 'inject' ? intervention.do.text : words}
                aria-label={`Go to what was done by hand, ${i + 1} of ${done.length}: ${words}`}
                onClick={() => void controller.goTo(after + 1, { type: 'event', ordinal: after + 1 })}
              >
                {i < done.length - 1 ? i + 1 : words}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function wordsOf({ do: act }: Intervention, names: readonly string[] | undefined): string {
  if (act.type === 'inject') return `${names?.[act.entity]} sends ${startOf(act.text)}`;
  const ends = 'between' in act ? act.between : 'entity' in act ? [act.entity] : [];
  return [act.type.replace('-', ' '), ends.map((entity) => names?.[entity]).join(' ↔ ')].join(' ').trim();
}

/** `<iq ping>`: the stanza and what it is about. */
function startOf(text: string): string {
  const [first = '', second = ''] = [...text.matchAll(/<([\w:-]+)/g)].map(([, name]) => name);
  return first === '' ? 'text' : `<${first}${second === '' ? '' : ` ${second}`}>`;
}
