/** Configurations side by side. A click makes one of them what the inspector, the events and the left panel are about. */
import { useController } from '../client/context.ts';
import { LETTERS, titlesOf } from '../shared/compared.ts';
import { useView, type PaneView } from '../state/store.ts';
import { Picture } from './Picture.tsx';

/** Stanzas of more nodes than this, several times over, are neither smooth nor readable. */
const MOST_MOVING = 200;

export function Panes({ panes }: { readonly panes: readonly PaneView[] }) {
  const controller = useController();
  const primary = useView((s) => s.primary);
  const algorithms = useView((s) => s.catalogue)?.algorithms ?? [];
  const titles = titlesOf(
    panes.map(({ scene }) => scene),
    algorithms,
  );
  return (
    <div className={`panes panes-${panes.length}`}>
      {panes.map(({ id, scene, store }, i) => {
        const still = scene.entities.name.length > MOST_MOVING;
        return (
          <section key={id} aria-label={`${LETTERS[i]}: ${titles[i]}`} className={id === primary ? 'pane primary' : 'pane'}>
            <Picture
              scene={scene}
              store={store}
              pane
              still={still}
              pick={(target) => {
                // The first click on a pane is about the pane, and what was hit in it is what it is about then.
                void controller.compare.choose(id).then(() => controller.select(target));
              }}
            >
              {still && <span>Several graphs of more than {MOST_MOVING} nodes: states only, no moving stanzas.</span>}
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
          </section>
        );
      })}
    </div>
  );
}
