/**
 * What a server changed in a stanza: the lines of the stanza that went out, with added and changed ones marked and removed ones
 * put back in for reading. Elements are matched by name and namespace, in order; the two namespaces of
 * stanza content count as one, because every server exchanges them (RFC 6120 §4.8.3).
 */
import type { Element } from './element.ts';
import { formatMarked, markAll, type Line, type Mark, type Marked } from './format.ts';

const CONTENT = new Set(['jabber:client', 'jabber:server']);

/** Lines of `after`; `defaultNs` is the default namespace of the stream it travels on. */
export function diffXml(before: Element, after: Element, defaultNs = ''): Line[] {
  return formatMarked(compare(before, after, defaultNs));
}

type Child = Marked['children'][number];

function compare(before: Element, after: Element, defaultNs: string): Marked {
  const attrs: { name: string; value: string; mark?: Mark | undefined }[] = [];
  if (after.ns !== defaultNs) attrs.push({ name: 'xmlns', value: after.ns });
  for (const [name, value] of Object.entries(after.attrs)) {
    const old = before.attrs[name];
    attrs.push({ name, value, mark: old === undefined ? 'added' : old === value ? undefined : 'changed' });
  }
  for (const [name, value] of Object.entries(before.attrs)) if (!(name in after.attrs)) attrs.push({ name, value, mark: 'removed' });

  const children: Child[] = [];
  let from = 0;
  const drop = (end: number): void => {
    for (const gone of before.children.slice(from, end))
      children.push(typeof gone === 'string' ? { text: gone, mark: 'removed' } : markAll(gone, after.ns, 'removed'));
  };
  for (const [at, c] of after.children.entries()) {
    const match = before.children.findIndex((old, i) => i >= from && sameKind(old, c));
    // Matched out of turn, it would push out what has its own match further on.
    const skipped = match < 0 ? [] : before.children.slice(from, match);
    if (match < 0 || skipped.some((old) => after.children.slice(at + 1).some((later) => sameKind(old, later)))) {
      children.push(typeof c === 'string' ? { text: c, mark: 'added' } : markAll(c, after.ns, 'added'));
      continue;
    }
    drop(match);
    from = match + 1;
    const old = before.children[match]!;
    if (typeof c === 'string' || typeof old === 'string') children.push({ text: String(c), mark: old === c ? undefined : 'changed' });
    else children.push(compare(old, c, after.ns));
  }
  drop(before.children.length);
  return { name: after.name, attrs, children };
}

function sameKind(a: Element | string, b: Element | string): boolean {
  if (typeof a === 'string' || typeof b === 'string') return typeof a === typeof b;
  return a.name === b.name && (a.ns === b.ns || (CONTENT.has(a.ns) && CONTENT.has(b.ns)));
}
