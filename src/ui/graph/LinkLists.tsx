/** Links and stanzas under way, for the keyboard and for screen readers, as the grid of entities is of the entities. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { KINDS } from '../../protocol/scene.ts';
import { useController } from '../client/context.ts';
import { KIND_TITLES, KindIcon } from '../shared/KindIcon.tsx';
import { menuAsked } from '../state/menu.ts';
import { sameTarget, useView, type OpenScene } from '../state/store.ts';
import type { Target } from '../../protocol/parts.ts';
import { useLive } from '../state/useLive.ts';

/** More than these slow the page down; the title counts all. */
const MOST = 200;

interface Item {
  readonly key: number;
  readonly target: Target;
  readonly content: ReactNode;
}
interface Props {
  readonly title: string;
  readonly total: number;
  readonly items: readonly Item[];
}

/** One stop of the Tab key: arrows, Home and End go along the items, Enter selects. */
function Targets({ title, total, items }: Props) {
  const controller = useController();
  const selection = useView((s) => s.selection);
  const list = useRef<HTMLTableElement>(null);
  const [kept, setActive] = useState(0);
  const active = Math.min(kept, items.length - 1);
  const go = (to: number) => {
    const next = Math.min(Math.max(0, to), items.length - 1);
    setActive(next);
    list.current?.querySelectorAll('td')[next]?.focus();
  };
  const keyed = (event: KeyboardEvent, at: number) => {
    const ways: Readonly<Record<string, number>> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: items.length - 1 };
    const way = ways[event.key];
    const item = items[at];
    if (way !== undefined) go(way);
    else if (item && (event.key === 'Enter' || event.key === ' ')) controller.select(item.target);
    else return;
    event.preventDefault();
  };
  if (items.length === 0) return null;
  return (
    <>
      <h3>
        {title} <span className="muted">{total.toLocaleString('en')}</span>
      </h3>
      <table ref={list} role="grid" aria-label={title} aria-rowcount={total} aria-colcount={1}>
        <tbody>
          {items.map(({ key, target, content }, at) => (
            <tr
              key={key}
              aria-rowindex={at + 1}
              aria-selected={sameTarget(selection, target)}
              onClick={() => controller.select(target)}
              onContextMenu={(event) => {
                event.preventDefault();
                menuAsked({ target, x: event.clientX, y: event.clientY });
              }}
            >
              <td tabIndex={at === active ? 0 : -1} onFocus={() => setActive(at)} onKeyDown={(event) => keyed(event, at)}>
                {content}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > items.length && (
        <p className="muted">
          The first {items.length} of {total.toLocaleString('en')}.
        </p>
      )}
    </>
  );
}

/** Of the selected entity, or all. */
export function LinkList({ scene }: { readonly scene: OpenScene }) {
  const { name } = scene.entities;
  const { from, to } = scene.links;
  const own = useView((s) => (s.selection?.type === 'entity' ? s.selection.index : -1));
  const shown: Item[] = [];
  let total = 0;
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [from[i]!, to[i]!];
    if (own >= 0 && a !== own && b !== own) continue;
    total++;
    if (shown.length < MOST) shown.push({ key: i, target: { type: 'link', index: i }, content: `${name[a]} → ${name[b]}` });
  }
  return <Targets key={own} title={own >= 0 ? `Links of ${name[own]}` : 'Links'} total={total} items={shown} />;
}

export function FlightList({ scene }: { readonly scene: OpenScene }) {
  const { name } = scene.entities;
  const flights = useLive((s) => s.frame?.flights);
  if (!flights) return null;
  const items = [...flights.id.subarray(0, MOST)].map((id, i): Item => {
    const kind = KINDS[flights.kind[i]!] ?? 'message';
    return {
      key: id,
      target: { type: 'message', id },
      content: (
        <>
          <KindIcon kind={kind} /> {KIND_TITLES[kind]}{' '}
          <span className="muted">
            {name[flights.from[i]!]} → {name[flights.to[i]!]}
          </span>
        </>
      ),
    };
  });
  return <Targets title="Stanzas in flight" total={flights.total} items={items} />;
}
