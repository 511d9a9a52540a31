/** As much of Markdown as our own guides are written in, read into blocks; nothing of it is ever taken for HTML. */

/** A run of text: plain, code, strong, set off, or words that lead somewhere. */
export interface Span {
  readonly type: 'text' | 'code' | 'strong' | 'em' | 'link';
  readonly text: string;
  /** Of a link: the address as it is written. */
  readonly to?: string;
}
export type Spans = readonly Span[];

export type Block =
  | { readonly type: 'heading'; readonly level: number; readonly text: Spans }
  | { readonly type: 'paragraph'; readonly text: Spans }
  | { readonly type: 'steps'; readonly items: readonly Spans[] }
  | { readonly type: 'code'; readonly lines: readonly string[] }
  | { readonly type: 'table'; readonly head: readonly Spans[]; readonly rows: readonly (readonly Spans[])[] }
  /** What is folded away until somebody asks. */
  | { readonly type: 'folded'; readonly title: string; readonly blocks: readonly Block[] };

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|\b_([^_]+)_\b|\*([^*]+)\*|\[([^\]]+)\]\(([^)]*)\)/g;

export function readSpans(text: string): Spans {
  const spans: Span[] = [];
  const add = (type: Span['type'], words: string) => words !== '' && spans.push({ type, text: words });
  let at = 0;
  for (const found of text.matchAll(SPAN)) {
    add('text', text.slice(at, found.index));
    const [whole, code, strong, line, star, words, to] = found;
    if (code !== undefined) add('code', code);
    else if (strong !== undefined) spans.push(...nested('strong', strong));
    else if (line !== undefined || star !== undefined) spans.push(...nested('em', line ?? star ?? ''));
    else spans.push({ type: 'link', text: words ?? '', to: to ?? '' });
    at = found.index + whole.length;
  }
  add('text', text.slice(at));
  return spans;
}

/** Code within words that are set off stays code. */
const nested = (type: Span['type'], text: string): Span[] =>
  readSpans(text).map((span) => (span.type === 'text' ? { type, text: span.text } : span));

/** `\|` is no end of a cell. */
const cellsOf = (line: string): Spans[] =>
  line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => readSpans(cell.trim().replaceAll('\\|', '|')));

const isTable = (line: string): boolean => line.startsWith('|');
const ITEM = /^\d+\. /;
const isText = (line: string): boolean => line.trim() !== '' && !/^(#|```|<\/?details>|<summary>|\||\d+\. )/.test(line);

export function readMarkdown(text: string): readonly Block[] {
  return blocksOf(text.split('\n'));
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  /** Lines from here on for which it holds. */
  const run = (holds: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && holds(lines[at]!)) at++;
    return lines.slice(from, at);
  };
  const until = (end: string): string[] => {
    at++;
    const inner = run((line) => line !== end);
    at++;
    return inner;
  };
  while (at < lines.length) {
    const line = lines[at]!;
    const heading = /^(#+) (.*)$/.exec(line);
    if (heading) {
      blocks.push({ type: 'heading', level: heading[1]!.length, text: readSpans(heading[2]!) });
      at++;
    } else if (line.startsWith('```')) blocks.push({ type: 'code', lines: until('```') });
    else if (line === '<details>') {
      const inner = until('</details>');
      const title = /^<summary>(.*)<\/summary>$/.exec(inner[0] ?? '')?.[1] ?? '';
      blocks.push({ type: 'folded', title, blocks: blocksOf(inner.slice(1)) });
    } else if (isTable(line)) {
      const [head = '', , ...rows] = run(isTable);
      blocks.push({ type: 'table', head: cellsOf(head), rows: rows.map(cellsOf) });
    } else if (ITEM.test(line)) {
      const items = run((next) => ITEM.test(next) || /^\s+\S/.test(next))
        .join('\n')
        .split(/\n(?=\d+\. )/);
      blocks.push({ type: 'steps', items: items.map((item) => readSpans(item.replace(ITEM, '').replaceAll(/\s*\n\s*/g, ' '))) });
    } else if (isText(line)) blocks.push({ type: 'paragraph', text: readSpans(run(isText).join(' ')) });
    else at++;
  }
  return blocks;
}
