/** Formulas beside the simulation: what they assume, and why the simulation differs where that does not hold. */
import type { TheoryCurve } from '../../protocol/theory.ts';
import './theory.css';

/** By which a curve in a plot is named. */
export const LETTERS = 'ABCDEFGHIJ';

export function TheoryNotes({ curves }: { readonly curves: readonly TheoryCurve[] }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be within reach of the keyboard
    <section className="theories" aria-label="Theory" tabIndex={0}>
      {curves.length === 0 && <p className="muted">No formula that is known here applies to this measure and configuration.</p>}
      {curves.map((curve, i) => (
        <article key={curve.id}>
          <h3>
            <span className="theory-letter">{LETTERS[i]}</span> {curve.title}
          </h3>
          <p className="mono">{curve.formula}</p>
          <p className="muted">{curve.source}</p>
          <ul>
            {curve.assumptions.map((assumption) => (
              <li key={assumption}>{assumption}</li>
            ))}
          </ul>
          {curve.differs && <p className="theory-differs">{curve.differs}</p>}
        </article>
      ))}
    </section>
  );
}
