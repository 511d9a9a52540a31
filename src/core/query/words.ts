/** Tests of words: what a row is or is not. Some look back at what came before, so rows are asked one after the other. */
import { KINDS } from '../../protocol/scene.ts';
import { toldTo } from '../causality/same.ts';
import { Outcome, What } from '../kernel/journal.ts';
import { reachedAt } from './fields.ts';
import type { Place, Test } from './source.ts';

const outcome =
  (wanted: number) =>
  (place: Place): Test => {
    const column = place.source.journal.messages.outcome;
    return () => place.isArrival && column.get(place.message) === wanted;
  };
const what =
  (wanted: number) =>
  (place: Place): Test =>
  () =>
    place.ordinal > 0 && place.what === wanted;

const WORDS: Readonly<Record<string, (place: Place) => Test>> = {
  event: (place) => () => place.ordinal > 0,
  arrival: (place) => () => place.isArrival,
  timer: what(What.timer),
  silence: what(What.nothing),
  intervention: what(What.intervention),
  change: (place) => () => place.ordinal > 0 && (place.isArrival || place.source.journal.isVisible(place.ordinal)),
  news: (place) => () => place.ordinal > 0 && reachedAt(place.source, place.ordinal) > reachedAt(place.source, place.ordinal - 1),
  lost: outcome(Outcome.lost),
  dropped: outcome(Outcome.dropped),
  cut: outcome(Outcome.cut),
  duplicate: duplicates,
};

/** Gossip: it brought nothing new. Elsewhere: the same message, letter by letter, came to the same client before. */
function duplicates(place: Place): Test {
  const { journal, stage, isKnown } = place.source;
  const seen = new Map<string, number>();
  return () => {
    const { message, isArrival } = place;
    if (!isArrival || journal.messages.outcome.get(message) !== Outcome.delivered) return false;
    if (isKnown(message)) return true;
    const text = toldTo(journal, stage, message);
    if (text === undefined) return false;
    const first = seen.get(text);
    if (first === undefined) seen.set(text, message);
    return first !== undefined && first !== message;
  };
}

/** Looks back: has to be asked of every row in its order. */
export const looksBack = (word: string): boolean => word === 'duplicate';

export function wordTest(place: Place, word: string): Test {
  const kind = (KINDS as readonly string[]).indexOf(word);
  if (kind < 0) return WORDS[word]!(place);
  const column = place.source.journal.messages.kind;
  return () => place.isArrival && column.get(place.message) === kind;
}
