/** What a query of an archive asks for, and the page that answers it. XEP-0313 §4. */
import { bareOf, tryParseJid } from '../../../../base/jid.ts';
import { child, childText, el, elements, textOf, type Element } from '../../../../base/xml/element.ts';
import { pageWish } from '../xep0059.ts';
import { stampOf, tickOf } from '../xep0203.ts';
import { MAM, type Archived } from './archive.ts';

const FORM = 'jabber:x:data';
const VALIDATE = 'http://jabber.org/protocol/xdata-validate';

/** §4.1.5: the fields that may be asked by. */
export function queryForm(): Element {
  const field = (type: string, name: string, ...content: readonly Element[]): Element => el('field', FORM, { type, var: name }, ...content);
  const time = el('validate', VALIDATE, { datatype: 'xs:dateTime' });
  return el(
    'x',
    FORM,
    { type: 'form' },
    field('hidden', 'FORM_TYPE', el('value', FORM, {}, MAM)),
    field('jid-single', 'with'),
    field('text-single', 'start', time),
    field('text-single', 'end', time),
    field('text-single', 'before-id'),
    field('text-single', 'after-id'),
    field('list-multi', 'ids'),
  );
}

export interface Query {
  readonly with?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly max: number;
  /** From the end: XEP-0059 §2.5. */
  readonly backwards: boolean;
  /** §4.1.4: the page’s items the other way round. */
  readonly flipped: boolean;
}

const USUAL_PAGE = 20;
const LONGEST_PAGE = 50;

/** @returns the words of Prosody's error where the form cannot be read. */
export function readQuery(query: Element): Query | string {
  const form = child(query, 'x', FORM);
  const fields = new Map(form ? fieldsOf(form) : []);
  if (form && fields.get('FORM_TYPE')?.[0] !== MAM) return `Unexpected FORM_TYPE, expected '${MAM}'`;
  const text = (name: string): string | undefined => fields.get(name)?.[0];
  const other = text('with');
  const jid = other === undefined ? undefined : tryParseJid(other);
  if (other !== undefined && !jid) return `Invalid JID: ${other}`;
  const times: (number | undefined)[] = [];
  for (const name of ['start', 'end']) {
    const stamp = text(name);
    const tick = stamp === undefined ? undefined : tickOf(stamp);
    if (stamp !== undefined && tick === undefined) return 'invalid timestamp';
    times.push(tick === undefined ? undefined : Math.floor(tick / 1_000_000));
  }
  const page = pageWish(query);
  const backwards = page?.before !== undefined;
  return {
    with: jid && bareOf(jid),
    start: times[0],
    end: times[1],
    before: backwards ? page.before || undefined : text('before-id'),
    after: page?.after ?? text('after-id'),
    ids: fields.get('ids'),
    max: Math.min(page?.max ?? USUAL_PAGE, LONGEST_PAGE),
    backwards,
    flipped: child(query, 'flip-page') !== undefined,
  };
}

/** By name, those with a value. */
function fieldsOf(form: Element): (readonly [string, readonly string[]])[] {
  return elements(form)
    .filter((f) => f.name === 'field' && childText(f, 'value') !== undefined)
    .map((f) => [f.attrs['var'] ?? '', elements(f).flatMap((c) => (c.name === 'value' ? [textOf(c)] : []))] as const)
    .reverse();
}

export interface Page {
  /** In the order in which they are sent. */
  readonly items: readonly Archived[];
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Of all that the filters leave, whatever the page. */
  readonly count: number;
  readonly complete: boolean;
}

/** §4.2, XEP-0059 §2; `undefined` where the item that a page begins at is not there. */
export function pageOf(archive: readonly Archived[], query: Query): Page | undefined {
  const { before, after, max, backwards } = query;
  if (archive.length === 0 && (before !== undefined || after !== undefined)) return undefined;
  const fitting = archive.filter(
    (a) =>
      (query.ids?.includes(a.id) ?? true) &&
      (query.with === undefined || a.with === query.with) &&
      a.when >= (query.start ?? a.when) &&
      a.when <= (query.end ?? a.when),
  );
  const inOrder = backwards ? fitting.toReversed() : fitting;
  const begin = backwards ? before : after;
  const stop = backwards ? after : before;
  const at = begin === undefined ? 0 : inOrder.findIndex((a) => a.id === begin) + 1;
  if (begin !== undefined && at === 0) return undefined;
  const behind = inOrder.slice(at);
  const end = stop === undefined ? -1 : behind.findIndex((a) => a.id === stop);
  const left = end < 0 ? behind : behind.slice(0, end);
  const found = left.slice(0, max);
  const ends = [found[0]?.id, found.at(-1)?.id] as const;
  return {
    items: backwards !== query.flipped ? found.toReversed() : found,
    first: backwards ? ends[1] : ends[0],
    last: backwards ? ends[0] : ends[1],
    count: fitting.length,
    // Who asks for none of them is told by Prosody that there are no more.
    complete: max === 0 || left.length <= max,
  };
}

/** §5: the ends of an archive. */
export function metadataOf(kept: readonly Archived[]): Element {
  const ends = [
    ['start', kept[0]],
    ['end', kept.at(-1)],
  ] as const;
  const content = ends.flatMap(([name, item]) => (item ? [el(name, MAM, { id: item.id, timestamp: stampOf(item.when * 1_000_000) })] : []));
  return el('metadata', MAM, {}, ...content);
}
