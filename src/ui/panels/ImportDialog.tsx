/** Shown while the store's importing is set. */
export function ImportDialog() {
  return <section aria-label="Open a graph file" className="region" />;
}
