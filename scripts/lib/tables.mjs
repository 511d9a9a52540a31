// The tables of the README that come from the catalogue, between `<!-- NAME -->` and `<!-- /NAME -->`.
// A bar within a cell would end it.
const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
export const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
export const code = (text) => `\`${text}\``;
const names = (params) =>
  Object.keys(params)
    .filter((name) => name !== 'latency')
    .map(code)
    .join(', ') || 'none';

/** @param {import('../../src/protocol/catalogue.ts').Catalogue} catalogue */
export function tablesOf(catalogue) {
  return {
    algorithms: table(
      ['algorithm', 'what it does', 'several updates', 'source', 'parameters'],
      catalogue.algorithms.map((a) => [code(a.id), a.summary, a.many ? 'yes' : 'no', a.source, names(a.params)]),
    ),
    topologies: table(
      ['topology', 'what it is', 'parameters beside `latency`'],
      catalogue.topologies.map((t) => [code(t.id), t.summary, names(t.params)]),
    ),
    conditions: table(
      ['condition', 'what it means'],
      Object.entries(catalogue.conditions).map(([name, { help }]) => [code(name), help]),
    ),
    modules: table(
      ['specification', 'module', 'version implemented'],
      catalogue.modules.map((m) => [m.spec, m.title, m.version]),
    ),
  };
}

/** The text with every table that it has a place for. */
export function withTables(text, tables) {
  let out = text;
  for (const [name, content] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
    out = out.replace(place, (_, begin, end) => `${begin}\n${content}\n\n${end}`);
  }
  return out;
}
