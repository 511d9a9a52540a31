/** Which lines there are: collapse, hide, show again, natural order. */
import { arranged, useDiagram } from '../state/diagram.ts';
import { live } from '../state/frame.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import type { DiagramView } from './DiagramView.ts';
import { heads } from './lines.ts';
import { Popover } from './Popover.tsx';

const MOST_LISTED = 200;

/** The entity and those it has links to. */
function around(scene: OpenScene, entity: number): Set<number> {
  const near = new Set([entity]);
  scene.links.from.forEach((from, i) => {
    const to = scene.links.to[i]!;
    if (from === entity) near.add(to);
    if (to === entity) near.add(from);
  });
  return near;
}

export function LinesMenu({ scene, view }: { readonly scene: OpenScene; readonly view: DiagramView }) {
  const { hidden, collapsed, order } = useDiagram();
  const selection = useView((s) => s.selection);
  const followed = useLive((s) => s.followed);
  const involved = useLive((s) => s.involved);
  const servers = heads(scene.entities);
  const { name } = scene.entities;
  const only = (kept: ReadonlySet<number>) =>
    arranged({ hidden: [...name.keys()].filter((i) => !kept.has(i)), collapsed: collapsed.filter((server) => !kept.has(server)) });
  const whole = collapsed.length > 0 && servers.every((server) => collapsed.includes(server));
  return (
    <Popover label="Lines" title="Hide, show, collapse and order the lines">
      {(close) => {
        const item = (text: string, disabled: boolean, act: () => void) => (
          <button
            type="button"
            disabled={disabled}
            onClick={() => {
              act();
              close();
            }}
          >
            {text}
          </button>
        );
        return (
          <>
            {servers.length > 0 &&
              item(whole ? 'Expand all servers' : 'Collapse all into their servers', false, () =>
                arranged({ collapsed: whole ? [] : servers }),
              )}
            {item('Only the selected one and its neighbours', selection?.type !== 'entity', () => {
              if (selection?.type === 'entity') only(around(scene, selection.index));
            })}
            {item('Only those of what is followed', !followed, () => {
              const story = live.get().followed;
              if (story) only(story.entities);
            })}
            {item('Only those the filter lets through', !involved, () => {
              const some = live.get().involved;
              if (some) only(new Set([...some.keys()].filter((i) => some[i] === 1)));
            })}
            {item('Natural order', order.length === 0, () => arranged({ order: [] }))}
            {item('Show all', hidden.length === 0, () => arranged({ hidden: [] }))}
            {hidden.length > 0 && (
              <ul aria-label="Hidden lines">
                {hidden.slice(0, MOST_LISTED).map((entity) => (
                  <li key={entity}>
                    <button type="button" onClick={() => arranged({ hidden: hidden.filter((other) => other !== entity) })}>
                      show {name[entity]}
                    </button>
                  </li>
                ))}
                {hidden.length > MOST_LISTED && <li className="muted">and {(hidden.length - MOST_LISTED).toLocaleString('en')} more</li>}
              </ul>
            )}
            <p className="muted">
              {view.lines.list.length.toLocaleString('en')} lines. Drag a name, or Alt with the arrow keys, to move its line.
            </p>
          </>
        );
      }}
    </Popover>
  );
}
