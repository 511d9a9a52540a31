/** Two to four configurations on the same topology and seed: added as copies, told apart by what was changed since. */
import { useState } from 'react';
import { useController } from '../client/context.ts';
import { LETTERS, titlesOf } from '../shared/compared.ts';
import { Icon } from '../shared/icons.tsx';
import { MOST_PANES, useView, type OpenScene } from '../state/store.ts';

export function Compare() {
  const scene = useView((s) => s.scene);
  if (!scene) return null;
  if (scene.algorithm === undefined) {
    return <p className="lab-words">Gossip scenes can be compared: choose one above, the gossip laboratory for example.</p>;
  }
  return <Configurations scene={scene} />;
}

function Configurations({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const panes = useView((s) => s.panes);
  const primary = useView((s) => s.primary);
  const algorithms = useView((s) => s.catalogue)?.algorithms ?? [];
  const [busy, setBusy] = useState(false);
  const scenes = panes.length > 0 ? panes.map((pane) => pane.scene) : [scene];
  const titles = panes.length > 1 ? titlesOf(scenes, algorithms) : ['the open scene'];
  const add = async () => {
    setBusy(true);
    await controller.compare.add();
    setBusy(false);
  };
  const full = panes.length >= MOST_PANES;
  return (
    <div className="compare">
      <ul className="configurations" aria-label="Configurations">
        {scenes.map((one, i) => {
          const pane = panes[i];
          const name = algorithms.find(({ id }) => id === one.algorithm)?.title ?? one.algorithm;
          return (
            <li key={pane?.id ?? -1} className="configuration">
              <button
                type="button"
                className="configuration-main"
                aria-pressed={!pane || pane.id === primary}
                disabled={!pane}
                onClick={() => pane && void controller.compare.choose(pane.id)}
              >
                <b className={`series-${i}`}>
                  <span className="sr-only">Configuration </span>
                  {LETTERS[i]}
                </b>
                <span>
                  {name}
                  <small>{titles[i] === name ? '' : titles[i]?.replace(`${name}, `, '')}</small>
                </span>
              </button>
              {pane && (
                <button
                  type="button"
                  className="plain"
                  aria-label={`Remove configuration ${LETTERS[i]}`}
                  title={`Remove configuration ${LETTERS[i]}`}
                  onClick={() => void controller.compare.remove(pane.id)}
                >
                  <Icon name="close" />
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <div className="compare-buttons">
        <button
          type="button"
          className="button"
          disabled={full || busy}
          title={full ? `At most ${MOST_PANES} can be compared` : 'A copy of the marked one, to be changed on the left'}
          onClick={() => void add()}
        >
          Add
        </button>
        {panes.length > 0 && (
          <button type="button" className="button" onClick={() => controller.compare.leave()}>
            Leave Compare
          </button>
        )}
      </div>
      <p className="lab-words">
        {panes.length === 0
          ? 'Add puts a copy of the open scene beside it, on the same graph and seed. Change one thing on the left and watch both.'
          : 'Algorithm, parameters and conditions on the left are those of the marked one; topology and seed are everybody’s.'}
      </p>
    </div>
  );
}
