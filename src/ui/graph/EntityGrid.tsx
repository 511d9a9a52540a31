export function EntityGrid() {
  return <div role="grid" aria-label="Entities" />;
}
