/** Branches under the timeline: each a line from where it was forked, with what was done in it; chosen, named, compared, deleted. */
import { useEffect, useRef, useState, type CSSProperties } from 'react';
import type { Acted, Branch, BranchReply } from '../../protocol/branches.ts';
import { useController } from '../client/context.ts';
import { formatTime } from '../shared/format.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { Icon } from '../shared/icons.tsx';
import { useBranches } from '../state/branches.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { CompareBranches } from './CompareBranches.tsx';
import './branches.css';

export function Branches() {
  const scene = useView((s) => s.scene);
  const known = useBranches((s) => s.told);
  if (!scene || !known || (known.branches.length < 2 && known.branches.every(({ acts }) => acts.length === 0))) return null;
  return <List scene={scene} known={known} />;
}

function List({ scene, known }: { readonly scene: OpenScene; readonly known: BranchReply }) {
  const { acts } = useController();
  const [compared, setCompared] = useState<readonly [number, number] | null>(null);
  const { branches, active } = known;
  // The one on show may have gone on since the branches were told.
  const now = useLive((s) => s.progress?.tick ?? 0);
  // What a link brought along was done as well, and can be taken back from its end.
  const lastAct = branches.find(({ id }) => id === active)?.acts.at(-1)?.text;
  const undo = known.undo ?? lastAct;
  const last = Math.max(1, now, ...branches.map(({ end }) => end.tick));
  return (
    <section aria-label="Branches" className="branches">
      <ul>
        {branches.map((branch) => (
          <Line
            key={branch.id}
            branch={branch}
            scene={scene}
            active={branch.id === active}
            last={last}
            end={branch.id === active ? Math.max(now, branch.end.tick) : branch.end.tick}
            compare={
              branches.length > 1
                ? () =>
                    setCompared([
                      branch.id === active ? (branch.parent ?? branches.find(({ id }) => id !== active)!.id) : active,
                      branch.id,
                    ])
                : undefined
            }
          />
        ))}
      </ul>
      <p className="branches-undo">
        <button
          type="button"
          className="small-button"
          disabled={undo === undefined}
          title={undo && `Undo: ${undo} (${hintOf('undo')})`}
          onClick={() => void acts.undo()}
        >
          Undo
        </button>
        <button
          type="button"
          className="small-button"
          disabled={known.redo === undefined}
          title={known.redo && `Do again: ${known.redo} (${hintOf('redo')})`}
          onClick={() => void acts.redo()}
        >
          Redo
        </button>
      </p>
      {compared && <CompareBranches pair={compared} branches={branches} scene={scene} close={() => setCompared(null)} />}
    </section>
  );
}

interface LineProps {
  readonly branch: Branch;
  readonly scene: OpenScene;
  readonly active: boolean;
  /** The latest tick of all branches, and the latest of this one. */
  readonly last: number;
  readonly end: number;
  readonly compare: (() => void) | undefined;
}

function Line({ branch, scene, active, last, end, compare }: LineProps) {
  const { acts } = useController();
  const [renaming, setRenaming] = useState(false);
  const line = useRef<HTMLLIElement>(null);
  // Of many only some are in view: the one on show is.
  useEffect(() => {
    if (active) line.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const { id, name, parent, fork, acts: done } = branch;
  const at = (tick: number) => `${(100 * tick) / last}%`;
  const rename = (text: string) => {
    setRenaming(false);
    if (text.trim() !== '' && text.trim() !== name) void acts.rename(id, text.trim());
  };
  return (
    <li ref={line} className={active ? 'branch active' : 'branch'}>
      {renaming ? (
        <input
          className="field branch-name"
          aria-label={`New name of ${name}`}
          defaultValue={name}
          maxLength={80}
          ref={(field) => field?.focus()}
          onBlur={({ target }) => rename(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') rename(event.currentTarget.value);
            if (event.key === 'Escape') setRenaming(false);
          }}
        />
      ) : (
        <button
          type="button"
          className="branch-name"
          aria-current={active ? 'true' : undefined}
          title={parent === null ? name : `${name}: forked after event ${fork.ordinal}, at ${formatTime(scene.unit, fork.tick)}`}
          onClick={() => void acts.choose(id)}
        >
          {name}
        </button>
      )}
      <div className="branch-line">
        <span className="branch-path" style={{ left: at(fork.tick), right: `calc(100% - ${at(end)})` } as CSSProperties} />
        {parent !== null && <span className="branch-fork" style={{ left: at(fork.tick) }} />}
        {done.map((act, index) => (
          <ActMark
            key={`${act.intervention.after} ${act.text}`}
            act={act}
            scene={scene}
            index={index}
            branch={branch}
            active={active}
            at={at}
          />
        ))}
      </div>
      {compare && (
        <button type="button" className="small-button" aria-label={`Compare ${name}`} onClick={compare}>
          Compare
        </button>
      )}
      <button type="button" className="plain branch-do" aria-label={`Rename ${name}`} title="Rename" onClick={() => setRenaming(true)}>
        <Icon name="edit" />
      </button>
      <button
        type="button"
        className="plain branch-do"
        aria-label={`Delete ${name}`}
        title={parent === null ? 'The run as it was opened stays' : 'Delete, with what was forked from it'}
        disabled={parent === null}
        onClick={() => void acts.remove(id)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

interface MarkProps {
  readonly act: Acted;
  readonly index: number;
  readonly branch: Branch;
  readonly active: boolean;
  readonly scene: OpenScene;
  readonly at: (tick: number) => string;
}
/** Where it was done. A press goes there; in the branch on show, Delete takes it back. */
function ActMark({ act, index, branch, active, scene, at }: MarkProps) {
  const { acts, goTo } = useController();
  const { intervention, text, state, why, ordinal, target } = act;
  const tick = intervention.at ?? branch.fork.tick;
  const words = [text, state === 'no-target' ? `came to nothing: ${why ?? ''}` : state === 'waiting' ? 'not yet reached' : '']
    .filter(Boolean)
    .join(', ');
  const go = async () => {
    if (!active) await acts.choose(branch.id);
    if (ordinal !== undefined) await goTo(ordinal, target ?? { type: 'event', ordinal });
  };
  return (
    <button
      type="button"
      className={`branch-act is-${state}`}
      style={{ left: at(tick) }}
      aria-label={`${words.replace(/\.$/, '')}. Delete takes it back`}
      title={`${formatTime(scene.unit, tick)}: ${words}\nDelete takes it back`}
      onClick={() => void go()}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return;
        event.preventDefault();
        void acts.withdraw(branch.id, index);
      }}
    />
  );
}
