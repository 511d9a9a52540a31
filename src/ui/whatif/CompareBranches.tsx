/** Two branches held against each other: the first event at which they differ, and their measures. */
import { useEffect, useState } from 'react';
import { problemOf } from '../../base/result.ts';
import type { Branch, Comparison } from '../../protocol/branches.ts';
import type { Row } from '../../protocol/protocol.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/pane.ts';
import { measureWords } from '../shared/figures.ts';
import { formatTime } from '../shared/format.ts';
import { useBranches } from '../state/branches.ts';
import { useView, type OpenScene } from '../state/store.ts';

/** Branches that are still being computed are looked at again. */
const AGAIN_MS = 800;

interface Props {
  readonly pair: readonly [number, number];
  readonly branches: readonly Branch[];
  readonly scene: OpenScene;
  readonly close: () => void;
}

export function CompareBranches({ pair: [a, b], branches, scene, close }: Props) {
  const { ask, acts, compare, goTo } = useController();
  const [found, setFound] = useState<Comparison | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = () =>
      ask('compareBranches', { a, b }).then(
        (comparison) => {
          if (gone) return;
          setFound(comparison);
          if (!comparison.complete) timer = setTimeout(look, AGAIN_MS);
        },
        (error: unknown) => {
          if (!gone && !isStale(error)) useView.getState().problemMet(problemOf(error));
        },
      );
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [ask, a, b]);
  const nameOf = (id: number) => branches.find((branch) => branch.id === id)?.name ?? '';
  /** The one on show stays; else the first of the two is. */
  const beside = async () => {
    const { active } = useBranches.getState().told ?? {};
    if (active !== a && active !== b) await acts.choose(a);
    await compare.branch(active === b ? a : b);
    close();
  };
  const show = async (id: number, row: Row) => {
    await acts.choose(id);
    await goTo(row.ordinal, row.target);
  };
  const side = (id: number, row: Row | null | undefined) => (
    <td>
      {row ? (
        <button type="button" className="small-button" onClick={() => void show(id, row)}>
          #{row.ordinal} at {formatTime(scene.unit, row.tick)}: {[row.from, row.to].filter(Boolean).join(' → ')} {row.what}
        </button>
      ) : (
        <span className="muted">has ended</span>
      )}
    </td>
  );
  return (
    <section aria-label="Comparison of branches" className="branch-comparison">
      <table>
        <thead>
          <tr>
            <th scope="col">
              <button type="button" className="plain" aria-label="Close the comparison" title="Close" onClick={close}>
                ✕
              </button>
            </th>
            <th scope="col">{nameOf(a)}</th>
            <th scope="col">
              {nameOf(b)}
              <button type="button" className="small-button" title="Both at one time, a picture each" onClick={() => void beside()}>
                Side by side
              </button>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">first difference</th>
            {!found ? (
              <td colSpan={2}>…</td>
            ) : found.divergence ? (
              <>
                {side(a, found.divergence.a)}
                {side(b, found.divergence.b)}
              </>
            ) : (
              <td colSpan={2}>{found.complete ? 'none: the same events throughout' : 'none so far'}</td>
            )}
          </tr>
          {found?.metrics.map(({ name, a: left, b: right }) => (
            <tr key={name} className={left === right ? undefined : 'differs'}>
              <th scope="row">{measureWords(name, left, scene).label}</th>
              <td className="number">{measureWords(name, left, scene).value}</td>
              <td className="number">{measureWords(name, right, scene).value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
