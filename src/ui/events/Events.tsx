/** The event list. */
export function Events() {
  return <section aria-label="Events" className="region" />;
}
