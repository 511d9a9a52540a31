/** Shown while the store's dialog is shortcuts. */
export function ShortcutSheet() {
  return <section aria-label="Shortcuts" className="region" />;
}
