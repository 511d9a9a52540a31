/** What to sweep: a preset, a file, or a configuration of one's own. */
import { useEffect, useId, useState } from 'react';
import type { Problem } from '../../base/result.ts';
import { problemOf } from '../../base/result.ts';
import type { Catalogue } from '../../protocol/catalogue.ts';
import type { SweepPlan, SweepSpec } from '../../protocol/sweep.ts';
import { isStale } from '../client/pane.ts';
import { useController } from '../client/context.ts';
import { estimateSweep } from '../client/pool.ts';
import { save as saveFile } from '../shared/save.ts';
import { useView } from '../state/store.ts';
import { ParameterRows } from './ParameterRows.tsx';
import { SweepFields } from './SweepFields.tsx';
import { spanOf } from './sweepWords.ts';
import { draftOfScene, draftOfSpec, MOST_SWEPT, placeOf, schemaOf, specOfDraft, type Draft } from './sweepSpec.ts';
import { graphOf, openSweepFile } from './sweepFiles.ts';
import { showSweep, startSweep } from './sweepStore.ts';
import './sweep-form.css';

/** More than this and the person is asked first. */
const LONG_SECONDS = 180;

const EMPTY: Draft = {
  title: '',
  algorithm: 'uniform',
  topology: { id: 'complete' },
  fixed: [],
  over: [{ name: 'tolerance', values: '1..12' }],
  seed: '1',
  runs: '50',
  redraw: false,
};

interface Props {
  /** What was run last, to be changed. */
  readonly before: Draft | undefined;
  readonly catalogue: Catalogue;
  readonly started: () => void;
  readonly back: (() => void) | undefined;
}

export function SweepForm({ catalogue, before, started, back }: Props) {
  const controller = useController();
  const scene = useView((s) => s.scene);
  const file = useView((s) => s.file);
  // The algorithm of an exercise is in no catalogue, and no sweep is made of it.
  const offered = catalogue.algorithms.some(({ id }) => id === scene?.algorithm);
  const [draft, setDraft] = useState<Draft>(() => before ?? (scene && offered ? draftOfScene(scene, file) : null) ?? EMPTY);
  const [preset, setPreset] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<AbortController | null>(null);
  const [long, setLong] = useState<{ readonly plan: SweepPlan; readonly seconds: number } | null>(null);
  const ids = useId();
  const schema = schemaOf(catalogue, draft.algorithm, draft.topology.id);
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setPreset('');
    setLong(null);
    setProblem(null);
  };
  useEffect(() => () => busy?.abort(), [busy]);
  const guard = async (work: (signal: AbortSignal) => Promise<void>) => {
    const mine = new AbortController();
    setBusy(mine);
    setProblem(null);
    try {
      await work(mine.signal);
    } catch (error) {
      if (!isStale(error) && !mine.signal.aborted) setProblem(problemOf(error));
    } finally {
      setBusy(null);
    }
  };
  const begin = async (plan: SweepPlan) => {
    startSweep(plan, await graphOf(plan.spec));
    started();
  };
  const run = (sure: SweepPlan | null) =>
    guard(async (signal) => {
      if (sure) {
        await begin(sure);
        return;
      }
      const plan = await controller.ask('sweepPlan', { spec: specOfDraft(draft, schema) });
      const graph = await graphOf(plan.spec);
      const seconds = await estimateSweep({ spec: plan.spec, points: plan.points.length, graph }, signal);
      if (seconds === undefined || signal.aborted) return;
      const cores = navigator.hardwareConcurrency || 2;
      if (seconds / cores > LONG_SECONDS) setLong({ plan, seconds: seconds / cores });
      else await begin(plan);
    });
  const choose = (id: string) => {
    const found = catalogue.sweeps.find((sweep) => sweep.id === id);
    if (!found) return;
    setDraft(draftOfSpec(found.spec));
    setPreset(id);
    setLong(null);
    setProblem(null);
  };
  const open = (chosen: File) =>
    guard(async () => {
      const { plan, runs, notes } = await openSweepFile(controller, chosen);
      for (const note of notes) useView.getState().said(note);
      if (runs.length > 0) {
        showSweep(plan, runs);
        started();
      } else {
        setDraft(draftOfSpec(plan.spec));
        setPreset('');
      }
    });
  const save = () =>
    guard(async () => {
      const { spec } = await controller.ask('sweepPlan', { spec: specOfDraft(draft, schema) });
      saveFile({ name: `${nameOf(spec)}.json`, type: 'application/json', text: `${JSON.stringify(spec, null, 2)}\n` });
    });
  const place = problem ? placeOf(problem, draft) : undefined;
  const said = problem && (
    <p role="alert" className="wrong">
      {problem.message}
      {problem.hint && `${/[.!?]$/.test(problem.message) ? '' : '.'} ${problem.hint}`}
    </p>
  );
  return (
    <form
      className="sweep-form"
      aria-label="Sweep"
      onSubmit={(event) => {
        event.preventDefault();
        void run(long?.plan ?? null);
      }}
    >
      <SweepFields catalogue={catalogue} draft={draft} preset={preset} choose={choose} change={change} place={place} said={said} />
      <div className="sweep-parameters">
        <ParameterRows
          title="Swept"
          word="Values"
          help="1, 2, 4 or 1..12 or 0..0.5 in 6 or 100..100000 in 7 log"
          schema={schema}
          rows={draft.over.map(({ name, values }) => ({ name, text: values }))}
          most={MOST_SWEPT}
          wrong={place}
          said={said}
          change={(rows) => change({ over: rows.map(({ name, text }) => ({ name, values: text })) })}
        />
        <ParameterRows
          title="Fixed"
          word="Value"
          help="Everything else keeps its default"
          schema={schema}
          rows={draft.fixed.map(({ name, value }) => ({ name, text: value }))}
          most={40}
          wrong={place}
          said={said}
          change={(rows) => change({ fixed: rows.map(({ name, text }) => ({ name, value: text })) })}
        />
      </div>
      <div className="sweep-go">
        {place === undefined && said}
        {long && (
          <p role="alert">
            {(long.plan.points.length * long.plan.spec.runs).toLocaleString('en')} runs take about {spanOf(long.seconds)} here. Press again
            to start all the same.
          </p>
        )}
        <div className="sweep-buttons">
          <button type="submit" className="button primary" disabled={busy !== null}>
            {busy ? 'Estimating the time…' : long ? 'Run all the same' : 'Run sweep'}
          </button>
          {busy && (
            <button type="button" className="button" onClick={() => busy.abort()}>
              Cancel
            </button>
          )}
          {back && (
            <button type="button" className="button" onClick={back}>
              Back to results
            </button>
          )}
          <label className="button sweep-file" htmlFor={`${ids}file`}>
            Open spec or results…
            <input
              id={`${ids}file`}
              type="file"
              className="sr-only"
              accept=".json,.jsonl"
              onChange={({ target }) => {
                const chosen = target.files?.[0];
                target.value = '';
                if (chosen) void open(chosen);
              }}
            />
          </label>
          <button type="button" className="button" disabled={busy !== null} onClick={() => void save()}>
            Save spec
          </button>
        </div>
      </div>
    </form>
  );
}

const nameOf = (spec: SweepSpec): string => (spec.title ?? `${spec.algorithm} sweep`).toLowerCase().replace(/[^a-z0-9]+/g, '-');
