/** Configurations side by side. A click makes one of them what the inspector, the events and the left panel are about. */
import { useController } from '../client/context.ts';
import { Icon } from '../shared/icons.tsx';
import { LETTERS } from '../shared/compared.ts';
import { areMany, MOST_MOVING, usePanes, usePaneTitles } from '../state/usePanes.ts';
import { useView, type PaneView } from '../state/store.ts';
import { Crowd } from './Crowd.tsx';
import { Picture } from './Picture.tsx';

const MANY = `More than ${MOST_MOVING.toLocaleString('en')} nodes in all`;

export function Panes({ panes }: { readonly panes: readonly PaneView[] }) {
  const controller = useController();
  const primary = useView((s) => s.primary);
  const runs = usePanes(panes);
  const titles = usePaneTitles(panes);
  const many = areMany(panes) ? MANY : undefined;
  return (
    <div className={`panes panes-${panes.length}`}>
      {panes.map(({ id, scene, store }, i) => {
        // What is done in a pane is first of all about it.
        const meant = (then: () => void) => void controller.compare.choose(id).then(then);
        return (
          <section key={id} aria-label={`${LETTERS[i]}: ${titles[i]}`} className={id === primary ? 'pane primary' : 'pane'}>
            <Picture
              scene={scene}
              store={store}
              panes={panes.length}
              meant={meant}
              pick={(target) => meant(() => controller.select(target))}
            >
              <Crowd frame={runs[i]?.frame ?? null} traffic={runs[i]?.traffic ?? null} many={many} />
            </Picture>
            <button
              type="button"
              className="pane-title"
              aria-pressed={id === primary}
              title="Inspector, events and parameters are about the one that is pressed"
              onClick={() => void controller.compare.choose(id)}
            >
              <b className={`series-${i}`}>{LETTERS[i]}</b>
              <span>{titles[i]}</span>
            </button>
            <button
              type="button"
              className="plain pane-close"
              aria-label={`Close picture ${LETTERS[i]}`}
              title="Close this picture"
              onClick={() => void controller.compare.remove(id)}
            >
              <Icon name="close" />
            </button>
          </section>
        );
      })}
    </div>
  );
}
