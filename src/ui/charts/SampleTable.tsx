/** The two curves in numbers. */
import type { Series } from '../../protocol/protocol.ts';
import type { OpenScene } from '../state/store.ts';
import { formatTime } from '../shared/format.ts';
import { sampled } from './curve.ts';

const ROWS = 20;

export function SampleTable({ scene, series }: { readonly scene: OpenScene; readonly series: Series | null }) {
  const whole = (value: number | undefined) => (value ?? 0).toLocaleString('en');
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be within reach of the keyboard
    <section className="samples" aria-label="Curves as a table" tabIndex={0}>
      <table>
        <caption className="sr-only">
          {scene.reached.title} and in flight, at {ROWS} times of the run
        </caption>
        <thead>
          <tr>
            <th scope="col">time</th>
            <th scope="col">event</th>
            <th scope="col">{scene.reached.title}</th>
            <th scope="col">in flight</th>
          </tr>
        </thead>
        <tbody>
          {series &&
            sampled(series.ticks.length, ROWS).map((at) => (
              <tr key={at}>
                <th scope="row">{formatTime(scene.unit, series.ticks[at] ?? 0)}</th>
                <td>{whole(series.ordinals[at])}</td>
                <td>{whole(series.reached[at])}</td>
                <td>{whole(series.inFlight[at])}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
