export function Timeline() {
  return <div className="bar" role="group" aria-label="Transport" />;
}
