/** JID escaping, XEP-0106 1.1.1: any text as a localpart, for what has names of its own (a DOT vertex, a foreign account). */
import { InputError } from './result.ts';

/** §4.2: the ten characters and what stands for them. */
const SEQUENCES = new Map([
  [' ', '\\20'],
  ['"', '\\22'],
  ['&', '\\26'],
  ["'", '\\27'],
  ['/', '\\2f'],
  [':', '\\3a'],
  ['<', '\\3c'],
  ['>', '\\3e'],
  ['@', '\\40'],
  ['\\', '\\5c'],
]);
const CHARACTERS = new Map([...SEQUENCES].map(([character, sequence]) => [sequence, character]));

/** §4.1: the backslash only where it would otherwise be read as the start of a sequence. A space may not stand at either end. */
export function escapeLocal(text: string): string {
  if (text.startsWith(' ') || text.endsWith(' '))
    throw new InputError({
      message: `"${text}" cannot be a localpart: it begins or ends with a space (XEP-0106 §4.1).`,
      hint: 'Leave the space out.',
    });
  return text.replace(/\\(?=20|22|26|27|2f|3a|3c|3e|40|5c)|[ "&'/:<>@]/g, (c) => SEQUENCES.get(c)!);
}

/** §4.3: other sequences stay as they are; so does `\20` at either end, which no escaping can have made. */
export function unescapeLocal(local: string): string {
  return local.replace(/\\(?:20|22|26|27|2f|3a|3c|3e|40|5c)/g, (sequence, at: number) =>
    sequence === '\\20' && (at === 0 || at === local.length - 3) ? sequence : CHARACTERS.get(sequence)!,
  );
}
