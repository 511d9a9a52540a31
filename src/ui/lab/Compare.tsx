/** Two to four configurations of one scene, on the same seed (gossip: and the same graph): added as copies, told apart by what was changed since. */
import { useState } from 'react';
import { useController } from '../client/context.ts';
import { LETTERS } from '../shared/compared.ts';
import { Icon } from '../shared/icons.tsx';
import { usePaneTitles } from '../state/usePanes.ts';
import { MOST_PANES, useView, type OpenScene } from '../state/store.ts';

export function Compare() {
  const scene = useView((s) => s.scene);
  if (!scene) return null;
  return <Configurations scene={scene} />;
}

function Configurations({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const panes = useView((s) => s.panes);
  const primary = useView((s) => s.primary);
  const algorithms = useView((s) => s.catalogue)?.algorithms ?? [];
  const [busy, setBusy] = useState(false);
  const scenes = panes.length > 0 ? panes.map((pane) => pane.scene) : [scene];
  const names = usePaneTitles(panes);
  const titles = panes.length > 1 ? names : ['the open scene'];
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
          // Gossip is called by its algorithm, another scene by what differs alone: its name is above all of them.
          const name = algorithms.find(({ id }) => id === one.algorithm)?.title;
          const rest = name === undefined || titles[i] === name ? '' : titles[i]?.replace(`${name}, `, '');
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
                  {name ?? titles[i]}
                  <small>{rest}</small>
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
      <p className="lab-words">{wordsOf(scene, panes.length > 0)}</p>
    </div>
  );
}

/** What is common, and what can be changed. */
function wordsOf({ algorithm, params }: OpenScene, comparing: boolean): string {
  if (algorithm !== undefined)
    return comparing
      ? 'Algorithm, parameters and conditions on the left are those of the marked one; topology and seed are everybody’s.'
      : 'Add puts a copy of the open scene beside it, on the same graph and seed. Change one thing on the left and watch both.';
  if (comparing) return 'Parameters and faults on the left are those of the marked one; scene and seed are everybody’s.';
  const own = Object.entries(params).find(([name, param]) => param.type === 'choice' && name !== 'profile');
  const example = own ? `, such as “${own[1].label ?? own[0]}”` : ', such as whom the servers follow';
  return `Add puts a copy of the open scene beside it, on the same seed. Change one thing on the left${example}, and watch both.`;
}
