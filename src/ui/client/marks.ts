/** Puts together what stands out along the run: breakpoints, notes, forks, what was done by hand and what the scene had planned. */
import { useBranches } from '../state/branches.ts';
import { live as shown, type Live, type LiveStore, type ScrubMark } from '../state/frame.ts';
import type { Connection } from './connection.ts';

/** A run that is being computed is looked at again so often. */
const BETWEEN_MS = 1000;

type Pointed = Pick<ScrubMark, 'ordinal' | 'kind' | 'text'>;

/** Events that are known to stand out, before it is known when they are. */
function pointedOut({ stops, notes }: Live): Pointed[] {
  const severities = notes?.marks.severity;
  return [
    ...Array.from(stops, (ordinal): Pointed => ({ ordinal, kind: 'stop', text: 'a breakpoint' })),
    ...Array.from(notes?.marks.ordinal ?? [], (ordinal, i): Pointed =>
      severities?.[i] === 3
        ? { ordinal, kind: 'error', text: 'an error among the notes' }
        : { ordinal, kind: 'warn', text: 'a warning among the notes' },
    ),
  ];
}

/** Of one run, each of several that are compared. Answers how to stop. */
export function watchMarks(live: LiveStore, ask: Connection['ask']): () => void {
  let seen: readonly unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Branches are told of the run that the page is about. */
  const told = () => (live.get().run === shown.get().run ? useBranches.getState().told : null);
  const look = async () => {
    const { run } = live.get();
    const pointed = pointedOut(live.get());
    const { branches = [], active } = told() ?? {};
    try {
      const { marks, ticks } = await ask('timeMarks', { ordinals: Uint32Array.from(pointed, ({ ordinal }) => ordinal) });
      if (live.get().run !== run) return;
      const forks = branches
        .filter(({ id, parent }) => parent !== null && (parent === active || id === active))
        .map(({ fork, name }): ScrubMark => ({ ...fork, kind: 'fork', text: `the fork of “${name}”` }));
      const all = [...pointed.map((one, i): ScrubMark => ({ ...one, tick: ticks[i] ?? 0 })), ...marks, ...forks];
      live.patch({ marks: all.sort((a, b) => a.ordinal - b.ordinal) });
    } catch {
      // Another scene, or a worker that died: whoever shows that says so.
    }
  };
  const changed = () => {
    const { run, stops, notes, progress } = live.get();
    const now = [run, stops, notes?.marks.ordinal.length, told(), progress?.events];
    if (run === 0 || now.every((value, i) => value === seen[i])) return;
    const growing = now.slice(0, 4).every((value, i) => value === seen[i]) && progress?.ended === 'running';
    if (growing && timer !== undefined) return;
    seen = now;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = undefined;
        void look();
      },
      growing ? BETWEEN_MS : 50,
    );
  };
  const stops = [live.subscribe(changed), useBranches.subscribe(changed)];
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
