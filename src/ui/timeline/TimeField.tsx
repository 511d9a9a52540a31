/** The displayed time, and a time or an event typed in: Enter goes there, what is neither is refused beside the field. */
import { useState } from 'react';
import { useController } from '../client/context.ts';
import { plainTime, readTime } from '../shared/format.ts';
import type { TimeUnit } from '../../protocol/scene.ts';
import { live } from '../state/frame.ts';
import { useLive } from '../state/useLive.ts';

export function TimeField({ unit }: { readonly unit: TimeUnit }) {
  const controller = useController();
  const shown = useLive((s) => plainTime(unit, s.t));
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const close = () => {
    setDraft(null);
    setProblem('');
  };
  const go = () => {
    if (draft === null) return;
    const { events = 0, tick = 0, ended } = live.get().progress ?? {};
    const soFar = ended === 'running' ? ' so far' : '';
    const event = /^#\s*(\d+)$/.exec(draft.trim())?.[1];
    if (event !== undefined && Number(event) > events) {
      setProblem(`There are ${events.toLocaleString('en')} events${soFar}`);
      return;
    }
    const read = event === undefined ? readTime(draft, unit.ticks, tick) : { tick: 0 };
    if ('problem' in read) {
      setProblem(read.problem + (read.problem.startsWith('The run') ? soFar : ''));
      return;
    }
    close();
    void (event === undefined ? controller.seekTick(read.tick) : controller.seekOrdinal(Number(event)));
  };
  return (
    <div className="time">
      <input
        className="mono"
        aria-label={`Time in ${unit.label}`}
        aria-invalid={problem !== ''}
        aria-describedby="time-problem"
        title={`Type a time${unit.label === 's' ? ', such as 1.25 or 250ms' : ''}, or an event, such as #36`}
        autoComplete="off"
        value={draft ?? shown}
        onFocus={(event) => event.currentTarget.select()}
        onChange={({ target }) => {
          setDraft(target.value);
          setProblem('');
        }}
        onBlur={close}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go();
          if (event.key === 'Escape') {
            close();
            // The keys of the page work again from here.
            event.currentTarget.closest('section')?.querySelector<HTMLElement>('input[type="range"]')?.focus();
          }
        }}
      />
      <span className="muted">{unit.label}</span>
      <p id="time-problem" role="alert" className="time-problem">
        {problem}
      </p>
    </div>
  );
}
