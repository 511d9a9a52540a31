/**
 * PRECIS (RFC 8264) for the two profiles that XMPP uses: UsernameCaseMapped and OpaqueString (RFC 8265 §3.3, §4.2).
 * No kept library exists on npm, so this stands on the engine's Unicode properties. Left: the contextual rules for ZERO WIDTH
 * (NON-)JOINER (RFC 5892 A.1, A.2: both are refused), and of the bidi rule (RFC 5893 §2) what needs classes that
 * engines do not give: letters count by script, and a right-to-left name must not mix or end in a sign.
 */

/** What a profile refused, in words; the prepared text otherwise. */
export type Prepared = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

// RFC 8264 §9.6–9.17 decide these code points by name.
const EXCEPTIONALLY_VALID = /[\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007]/u;
const EXCEPTIONALLY_REFUSED = /[\u0640\u07FA\u302E\u302F\u3031-\u3035\u303B]/u;
const OLD_HANGUL_JAMO = /[\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7FB]/u;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}/u;
const LETTER_OR_DIGIT = /[\p{Ll}\p{Lu}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}]/u;
const OTHER_FREE = /[\p{Lt}\p{Nl}\p{No}\p{Me}\p{Zs}\p{S}\p{P}]/u;
const ASCII7 = /^[\u0021-\u007E]$/u;
const RTL =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}]/u;
const LETTER = /\p{L}/u;

/** For localparts: width and case folded, letters, digits and printable ASCII only. */
export function usernameCaseMapped(input: string): Prepared {
  const narrow = input.replace(/[\u3000\uFF01-\uFFEE]/gu, (c) => c.normalize('NFKC'));
  const text = narrow.toLowerCase().normalize('NFC');
  if (text === '') return refused('is empty');
  const chars = [...text];
  for (const [i, c] of chars.entries())
    if (!identifierAllows(c, chars, i)) return refused(`contains ${named(c)}, which a name may not contain`);
  const bidi = bidiProblem(chars);
  return bidi === undefined ? { ok: true, text } : refused(bidi);
}

/** For resources: anything that can be seen, case kept, spaces of all kinds made one kind. */
export function opaqueString(input: string): Prepared {
  const text = input.replace(/\p{Zs}/gu, ' ').normalize('NFC');
  if (text === '') return refused('is empty');
  for (const c of text) if (!freeformAllows(c)) return refused(`contains ${named(c)}, which is not allowed`);
  return { ok: true, text };
}

function identifierAllows(c: string, all: readonly string[], at: number): boolean {
  const context = contextAllows(c, all, at);
  if (context !== undefined) return context;
  if (EXCEPTIONALLY_VALID.test(c) || ASCII7.test(c)) return true;
  if (EXCEPTIONALLY_REFUSED.test(c) || OLD_HANGUL_JAMO.test(c) || IGNORABLE.test(c)) return false;
  return LETTER_OR_DIGIT.test(c) && c.normalize('NFKC') === c;
}

function freeformAllows(c: string): boolean {
  if (EXCEPTIONALLY_VALID.test(c)) return true;
  if (EXCEPTIONALLY_REFUSED.test(c) || OLD_HANGUL_JAMO.test(c) || IGNORABLE.test(c)) return false;
  return LETTER_OR_DIGIT.test(c) || OTHER_FREE.test(c);
}

/** RFC 5892 appendix A.3–A.9; `undefined` where no such rule concerns the character. */
function contextAllows(c: string, all: readonly string[], at: number): boolean | undefined {
  if (c === '\u00B7') return all[at - 1] === 'l' && all[at + 1] === 'l';
  if (c === '\u0375') return /\p{Script=Greek}/u.test(all[at + 1] ?? '');
  if (c === '\u05F3' || c === '\u05F4') return /\p{Script=Hebrew}/u.test(all[at - 1] ?? '');
  if (c === '\u30FB') return all.some((other) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(other));
  if (/[\u0660-\u0669]/u.test(c)) return !all.some((other) => /[\u06F0-\u06F9]/u.test(other));
  if (/[\u06F0-\u06F9]/u.test(c)) return !all.some((other) => /[\u0660-\u0669]/u.test(other));
  return undefined;
}

function bidiProblem(chars: readonly string[]): string | undefined {
  if (!chars.some((c) => RTL.test(c))) return undefined;
  if (!RTL.test(chars[0] ?? '')) return 'is written right to left but does not begin so (RFC 5893)';
  if (chars.some((c) => LETTER.test(c) && !RTL.test(c))) return 'mixes letters of both directions (RFC 5893)';
  const last = chars.findLast((c) => !/\p{Mn}/u.test(c)) ?? '';
  return RTL.test(last) || /\p{Nd}/u.test(last) ? undefined : 'is written right to left and ends in a sign (RFC 5893)';
}

function named(c: string): string {
  const code = (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(c) ? `"${c}" (U+${code})` : `U+${code}`;
}

function refused(why: string): Prepared {
  return { ok: false, why };
}
