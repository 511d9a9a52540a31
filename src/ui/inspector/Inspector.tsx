/** What the selection is, in view-neutral parts. */
export function Inspector() {
  return <section aria-label="Stanza inspector" className="region" />;
}
