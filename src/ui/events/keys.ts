/** Where a key leads in the list: an ordinal, or undefined for keys that are not the list's. */
export function keyTarget(key: string, from: number, page: number, total: number): number | undefined {
  if (total === 0) return undefined;
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page, Home: 1, End: total, Enter: from }[key];
  return to === undefined ? undefined : Math.min(total, Math.max(1, to));
}
