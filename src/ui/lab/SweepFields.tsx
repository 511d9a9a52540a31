/** What a sweep is about and how often it runs: preset, algorithm, topology, repeats, seed. */
import type { ReactNode } from 'react';
import type { Catalogue } from '../../protocol/catalogue.ts';
import type { Draft } from './sweepSpec.ts';

interface Props {
  readonly catalogue: Catalogue;
  readonly draft: Draft;
  /** Id of the preset that the draft still is; empty: none. */
  readonly preset: string;
  readonly choose: (preset: string) => void;
  readonly change: (part: Partial<Draft>) => void;
  /** The field that something is wrong with, and what is. */
  readonly place: string | undefined;
  readonly said: ReactNode;
}

export function SweepFields({ catalogue, draft, preset, choose, change, place, said }: Props) {
  return (
    <div className="sweep-fields">
      <label>
        <span>Preset</span>
        <select className="field" value={preset} onChange={({ target }) => choose(target.value)}>
          <option value="">of your own</option>
          {catalogue.sweeps.map((sweep) => (
            <option key={sweep.id} value={sweep.id}>
              {sweep.title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Algorithm</span>
        <select
          className="field"
          value={draft.algorithm}
          onChange={({ target }) => change({ algorithm: target.value, fixed: [], over: [] })}
        >
          {catalogue.algorithms.map((algorithm) => (
            <option key={algorithm.id} value={algorithm.id}>
              {algorithm.title}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Topology</span>
        <select
          className="field"
          value={draft.topology.id}
          onChange={({ target }) => change({ topology: { id: target.value }, fixed: [], over: [] })}
        >
          {draft.topology.id === 'file' && <option value="file">{draft.topology.file ?? 'the open file'}</option>}
          {catalogue.topologies.map((topology) => (
            <option key={topology.id} value={topology.id}>
              {topology.title}
            </option>
          ))}
        </select>
      </label>
      <div className="sweep-pair">
        <label>
          <span>
            Runs<span className="sr-only"> at each point</span>
          </span>
          <input
            className="field"
            inputMode="numeric"
            title="Runs at each point"
            aria-invalid={place === 'runs'}
            value={draft.runs}
            onChange={({ target }) => change({ runs: target.value })}
          />
        </label>
        <label>
          <span>Seed</span>
          <input
            className="field"
            aria-invalid={place === 'seed'}
            value={draft.seed}
            onChange={({ target }) => change({ seed: target.value })}
          />
        </label>
      </div>
      {(place === 'runs' || place === 'seed') && said}
      <label className="sweep-check" title="Each run draws its own graph and latencies; else they are drawn once">
        <input type="checkbox" checked={draft.redraw} onChange={({ target }) => change({ redraw: target.checked })} />
        <span>New graph for each run</span>
      </label>
    </div>
  );
}
