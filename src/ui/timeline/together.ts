/** Marks of runs that are compared, on one axis of time: what stands out at the same moment in several of them is one mark that names them. */
import { LETTERS } from '../shared/compared.ts';
import type { Live, ScrubMark } from '../state/frame.ts';

/** No event of the run that the page is about: only its time counts. */
export const ELSEWHERE = -1;

type Runs = readonly Pick<Live, 'run' | 'marks'>[];
/** The last answer: while time runs the same is asked several times a second. */
let last: { readonly runs: Runs; readonly primary: number; readonly marks: readonly ScrubMark[] } = { runs: [], primary: 0, marks: [] };

/** @param runs in the order of their letters; @param primary the run that the page is about, whose events keep their ordinals */
export function marksTogether(runs: Runs, primary: number): readonly ScrubMark[] {
  const same =
    runs.length === last.runs.length && runs.every(({ run, marks }, i) => run === last.runs[i]?.run && marks === last.runs[i].marks);
  if (!same || primary !== last.primary) last = { runs, primary, marks: joined(runs, primary) };
  return last.marks;
}

function joined(runs: Runs, primary: number): readonly ScrubMark[] {
  const found = new Map<string, { mark: ScrubMark; letters: string[] }>();
  runs.forEach(({ run, marks }, i) => {
    const letter = LETTERS[i] ?? '';
    for (const mark of marks) {
      const key = `${mark.tick} ${mark.kind} ${mark.text}`;
      const own = run === primary ? mark : { ...mark, ordinal: ELSEWHERE };
      const known = found.get(key);
      if (!known) found.set(key, { mark: own, letters: [letter] });
      else {
        if (!known.letters.includes(letter)) known.letters.push(letter);
        if (known.mark.ordinal === ELSEWHERE) known.mark = own;
      }
    }
  });
  return [...found.values()]
    .map(({ mark, letters }) => ({ ...mark, text: `${letters.join(', ')}: ${mark.text}` }))
    .sort((a, b) => a.tick - b.tick || a.ordinal - b.ordinal);
}
