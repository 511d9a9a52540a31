/** Scenarios and parameters. */
export function LeftPanel() {
  return <section aria-label="Scenarios and parameters" className="region" />;
}
