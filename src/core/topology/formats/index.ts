/** Every file format of graphs. A new one is one file and one line here. */
import { InputError } from '../../../base/result.ts';
import type { GraphData } from '../../../protocol/protocol.ts';
import { columnsOf, csv } from './csv.ts';
import { cytoscape } from './cytoscape.ts';
import { dot } from './dot.ts';
import type { GraphFormat } from './format.ts';
import { gexf } from './gexf.ts';
import { graphml } from './graphml.ts';

export const formats: readonly GraphFormat[] = [dot, graphml, gexf, cytoscape, csv];

/** @throws InputError that names the formats there are. */
export function formatOf(id: string): GraphFormat {
  const found = formats.find((format) => format.id === id);
  if (found) return found;
  throw new InputError({
    message: `there is no graph format ${JSON.stringify(id)}`,
    hint: `There are: ${formats.map((f) => f.id).join(', ')}.`,
  });
}

/** Reads a graph file, its format told by its extension, else by how it begins. */
export function readGraph(text: string, name: string): GraphData {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
  const format = formats.find((f) => extension !== undefined && f.extensions.includes(extension)) ?? sniffed(text);
  if (format) return format.read(text, name);
  const known = formats.map((f) => `${f.title} (${f.extensions.map((e) => `.${e}`).join(', ')})`);
  throw new InputError({
    message: text.trim() === '' ? `${name}: the file is empty` : `${name} is no graph file that can be read here`,
    hint: `There are ${known.slice(0, -1).join(', ')} and ${known.at(-1)}.`,
  });
}

function sniffed(text: string): GraphFormat | undefined {
  const start = text
    .slice(0, 4000)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (start.startsWith('<')) return [graphml, gexf].find((f) => new RegExp(`<(\\w+:)?${f.id}\\b`).test(start));
  if (/^[{[]/.test(start)) return cytoscape;
  if (/^(\/\/.*\n\s*|\/\*[^]*?\*\/\s*|#.*\n\s*)*(strict\s+)?(di)?graph\b[^,;\t]*\{/i.test(start)) return dot;
  return looksLikeTable(start) ? csv : undefined;
}

/** The same number of cells in each of the first lines; where only blanks separate them, numbers only, for prose has blanks too. */
function looksLikeTable(start: string): boolean {
  const lines = start.split(/\r?\n/).slice(0, start.length < 4000 ? undefined : -1);
  const rows = lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).slice(0, 20);
  if (rows.length === 0) return false;
  const separator = ['\t', ';', ','].find((c) => rows[0]!.includes(c));
  if (separator === undefined) return rows.every((row) => /^\s*\d+\s+\d+(\s+[\d.]+)?\s*$/.test(row));
  const first = rows[0]!.split(separator);
  if (columnsOf(first)) return true;
  const width = first.length;
  return rows.length > 1 && rows.every((row) => row.split(separator).length === width && /^\S+$/.test(row.split(separator)[0]!.trim()));
}
