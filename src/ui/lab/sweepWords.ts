/** `40 s`, `3 min`, `2.5 h`: how long something takes, for a person. */
export function spanOf(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'a while';
  if (seconds < 1) return 'less than a second';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${Math.round(seconds / 86_400).toLocaleString('en')} days`;
}
