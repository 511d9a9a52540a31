/** How text is compared: `==` exactly, `~` by what it contains, without regard to case; with `*` or `?` in it as a pattern of the whole. */
export type TextTest = (text: string) => boolean;

/** A test for `==` or `~`. */
export function textTest(op: '==' | '~', wanted: string): TextTest {
  if (op === '==') return (text) => text === wanted;
  const low = wanted.toLowerCase();
  if (!/[*?]/.test(low)) return (text) => text.toLowerCase().includes(low);
  return (text) => globs(low, text.toLowerCase());
}

/** Whether the whole text is one of the pattern: `*` any signs, `?` one. Time is at most the product of the lengths, whatever is asked. */
function globs(pattern: string, text: string): boolean {
  let [p, t] = [0, 0];
  let [star, from] = [-1, 0];
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || (pattern[p] === text[t] && pattern[p] !== '*'))) {
      p++;
      t++;
    } else if (pattern[p] === '*') {
      star = p++;
      from = t;
    } else if (star >= 0) {
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
