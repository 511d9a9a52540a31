/** Live plots. */
export function Charts() {
  return <section aria-label="Charts" className="region" />;
}
