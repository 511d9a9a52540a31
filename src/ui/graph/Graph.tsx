export function Graph() {
  return <section aria-label="Graph" className="region graph" />;
}
