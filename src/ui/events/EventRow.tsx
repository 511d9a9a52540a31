/** One event in the list. */
import { memo } from 'react';
import type { Row } from '../../protocol/protocol.ts';
import type { TimeUnit } from '../../protocol/scene.ts';
import { plainTime } from '../shared/format.ts';
import { SEVERITIES } from '../../protocol/notes.ts';
import { SEVERITY_TITLES, SeverityIcon } from '../shared/SeverityIcon.tsx';
import { KIND_TITLES, KindIcon } from '../shared/KindIcon.tsx';

export const rowId = (place: number): string => `event-row-${place}`;

interface Props {
  /** In the list, from 1: the event's ordinal where nothing is hidden. */
  readonly place: number;
  /** Undefined while it is being fetched: its place is kept. */
  readonly row: Row | undefined;
  readonly unit: TimeUnit;
  readonly y: number;
  readonly selected: boolean;
  readonly current: boolean;
  /** The cursor stands behind it, at something that is hidden. */
  readonly passed: boolean;
  /** Only here because it is near a match. */
  readonly around: boolean;
  readonly active: boolean;
  /** It belongs to what is followed; undefined while nothing is. */
  readonly followed: boolean | undefined;
  /** The gravest that a note says of it: an index into `SEVERITIES`; undefined for nothing grave. */
  readonly noted: number | undefined;
  readonly onPick: (row: Row, place: number) => void;
  readonly onMenu: (row: Row, place: number, x: number, y: number) => void;
}

export const EventRow = memo(function EventRow(props: Props) {
  const { place, row, unit, y, selected, current, passed, around, active, followed, noted, onPick, onMenu } = props;
  const severity = noted === undefined ? undefined : SEVERITIES[noted];
  const names = [
    'event',
    row?.quiet && 'quiet',
    current && 'current',
    passed && 'passed',
    around && 'around',
    active && 'active',
    followed === true && 'followed',
    followed === false && 'aside',
  ];
  return (
    <tr
      id={rowId(place)}
      className={names.filter(Boolean).join(' ')}
      aria-rowindex={place + 1}
      aria-selected={selected}
      aria-current={current ? 'step' : undefined}
      style={{ transform: `translateY(${y}px)` }}
      onClick={() => row && onPick(row, place)}
      onContextMenu={(event) => {
        if (!row) return;
        event.preventDefault();
        onMenu(row, place, event.clientX, event.clientY);
      }}
    >
      <td className="number">
        {severity && (
          <span className="noted" title={`${SEVERITY_TITLES[severity]}: see Notes`}>
            <SeverityIcon severity={severity} />
            <span className="sr-only">{SEVERITY_TITLES[severity]}</span>
          </span>
        )}
        {followed === true && <span className="sr-only">followed</span>}
        {row?.ordinal ?? ''}
      </td>
      <td className="number">{row && plainTime(unit, row.tick)}</td>
      <td className="glyph">
        {row?.kind && (
          <>
            <KindIcon kind={row.kind} />
            <span className="sr-only">{KIND_TITLES[row.kind]}</span>
          </>
        )}
      </td>
      <td>{row?.from}</td>
      <td>{row?.to}</td>
      <td title={row?.what}>{row?.what}</td>
    </tr>
  );
});
