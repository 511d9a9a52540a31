/** Said, never hidden: of very many stanzas only some are drawn, and of those that are faster than the eye none. */
import type { Live } from '../state/frame.ts';

interface Props {
  readonly frame: Live['frame'];
  readonly traffic: Live['traffic'];
  /** Why none is drawn while time runs, where it is not that they are too fast. */
  readonly many?: string | undefined;
}

export function Crowd({ frame, traffic, many }: Props) {
  const total = frame?.flights.total ?? 0;
  const drawn = frame?.flights.id.length ?? 0;
  const dense = traffic ? `links show how many went just now${traffic.pairs > traffic.count.length ? ', the busiest of them' : ''}` : '';
  if (traffic?.fast)
    return (
      <span>
        {many ?? 'Faster than the eye'}: {dense}.
      </span>
    );
  if (drawn >= total) return null;
  return (
    <span>
      {drawn.toLocaleString('en')} of {total.toLocaleString('en')} stanzas under way are drawn{dense && `; ${dense}`}.
    </span>
  );
}
