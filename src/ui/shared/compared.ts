/** How configurations on one graph are told apart: by what differs, and nothing else. */
import type { CatalogueEntry } from '../../protocol/catalogue.ts';
import type { OpenArgs } from '../../protocol/protocol.ts';
import type { Scene } from '../../protocol/scene.ts';
import { matters, phrase } from './summary.ts';

export const LETTERS = ['A', 'B', 'C', 'D'] as const;

type Compared = Pick<Scene, 'algorithm' | 'params' | 'values'>;

/** What was done by hand in the run that is on show. */
export function handWords({
  interventions = [],
  branches = [],
  active = 0,
}: Pick<OpenArgs, 'interventions' | 'branches' | 'active'>): string {
  if (active > 0) return branches[active - 1]?.name ?? '';
  return interventions.length > 0 ? `${interventions.length} done by hand` : '';
}

/**
 * One title for each: its algorithm where there are several, the values that are not the same in all that have them, and what was done by hand.
 * @param hands in words, one for each; empty: nothing
 */
export function titlesOf(
  scenes: readonly Compared[],
  algorithms: readonly Pick<CatalogueEntry, 'id' | 'title'>[],
  hands: readonly string[] = [],
): readonly string[] {
  const severalHands = new Set(hands).size > 1;
  const severalAlgorithms = new Set(scenes.map(({ algorithm }) => algorithm)).size > 1;
  const names = [...new Set(scenes.flatMap(({ params }) => Object.keys(params)))];
  const differs = names.filter((name) => {
    const values = scenes.map((scene) => scene.values[name]);
    return new Set(values.filter((value) => value !== undefined)).size > 1;
  });
  const titles = scenes.map(({ algorithm, params, values }, i) => {
    const parts = severalAlgorithms ? [algorithms.find(({ id }) => id === algorithm)?.title ?? algorithm ?? ''] : [];
    for (const name of differs) {
      const [param, value] = [params[name], values[name]];
      if (param && value !== undefined && matters(name, params, values)) parts.push(phrase(name, param, value));
    }
    if (severalHands) parts.push(hands[i] || 'nothing by hand');
    return parts.join(', ');
  });
  // What is the same as another one says so, until something is changed.
  return titles.map((title, i) => {
    const first = titles.indexOf(title);
    const same = first < i ? `copy of ${LETTERS[first] ?? ''}` : title === '' ? 'no difference yet' : '';
    return [title, same].filter((part) => part !== '').join(', ');
  });
}
