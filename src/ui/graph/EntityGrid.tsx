/** The graph for the keyboard and for screen readers: one row per entity, arrow keys go to the nearest one that way; links and stanzas below. */
import { useEffect, useRef, useState, type KeyboardEvent as Pressed, type RefObject } from 'react';
import { useController } from '../client/context.ts';
import { LookIcon } from '../shared/KindIcon.tsx';
import { menuAsked } from '../state/menu.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { GroupList } from './GroupWatch.tsx';
import { FlightList, LinkList } from './LinkLists.tsx';
import { neighbour, type Way } from './neighbour.ts';
import { placed } from './placed.ts';

/** More rows than this slow the page down; the rest is on the graph and in the events. */
const MOST = 500;
const WAYS: Readonly<Record<string, Way>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

/** Opened, it takes the keyboard; closed, also by Escape, it gives it back. */
function useKeyboard(box: RefObject<HTMLDivElement | null>, shown: boolean): void {
  const wasShown = useRef(shown);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    // Another scene, with the list still open, opens nothing.
    if (wasShown.current === shown) return;
    wasShown.current = shown;
    if (shown) {
      before.current = document.activeElement;
      box.current?.querySelector<HTMLElement>('td[tabindex="0"]')?.focus();
    } else if (before.current instanceof HTMLElement && box.current?.contains(document.activeElement)) before.current.focus();
  }, [box, shown]);
  useEffect(() => {
    const place = box.current;
    if (!place || !shown) return undefined;
    const keyed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      useView.getState().entitiesToggled();
    };
    place.addEventListener('keydown', keyed);
    return () => place.removeEventListener('keydown', keyed);
  }, [box, shown]);
}

function Rows({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const selection = useView((s) => s.selection);
  const shown = useView((s) => s.entitiesShown);
  const playing = useView((s) => s.playing);
  const [inside, setInside] = useState(false);
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  useKeyboard(box, shown);
  // Unseen and while time runs, nothing is to be written ten times a second.
  const states = useLive((s) => (shown || inside || !playing ? (s.frame?.states ?? null) : null));
  const { name, detail } = scene.entities;
  const count = Math.min(MOST, name.length);
  const go = (index: number) => {
    setActive(index);
    grid.current?.querySelector<HTMLElement>(`[data-entity="${index}"]`)?.focus();
  };
  const keyed = (event: Pressed, index: number) => {
    const way = WAYS[event.key];
    let next: number | undefined;
    if (way && placed.places) next = neighbour(placed.places, index, way, count);
    else if (event.key === 'Home') next = 0;
    else if (event.key === 'End') next = count - 1;
    else if (event.key === 'Enter' || event.key === ' ') controller.select({ type: 'entity', index });
    else return;
    event.preventDefault();
    if (next !== undefined) go(next);
  };
  return (
    <div ref={box} className={shown ? 'entities shown' : 'entities'} onFocus={() => setInside(true)} onBlur={() => setInside(false)}>
      <h3>Entities</h3>
      <table ref={grid} role="grid" aria-label="Entities" aria-rowcount={name.length} aria-colcount={2}>
        <tbody>
          {Array.from({ length: count }, (_, i) => {
            const state = scene.states[states?.[i] ?? -1];
            return (
              <tr
                key={i}
                aria-rowindex={i + 1}
                aria-selected={selection?.type === 'entity' && selection.index === i}
                onClick={() => controller.select({ type: 'entity', index: i })}
                onContextMenu={(event) => {
                  event.preventDefault();
                  menuAsked({ target: { type: 'entity', index: i }, x: event.clientX, y: event.clientY });
                }}
              >
                <td data-entity={i} tabIndex={i === active ? 0 : -1} onFocus={() => setActive(i)} onKeyDown={(event) => keyed(event, i)}>
                  {name[i]}
                  <span className="muted">{detail[i]}</span>
                </td>
                <td className="muted">
                  {state && (
                    <>
                      <LookIcon look={state.look} /> {state.label}
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {name.length > count && (
        <p className="muted">
          The first {count} of {name.length.toLocaleString('en')}; click the others on the graph or in the events.
        </p>
      )}
      <GroupList />
      {(shown || inside) && (
        <>
          {!playing && <FlightList scene={scene} />}
          <LinkList scene={scene} />
        </>
      )}
    </div>
  );
}

export function EntityGrid() {
  const scene = useView((s) => s.scene);
  return scene && <Rows key={scene.run} scene={scene} />;
}
