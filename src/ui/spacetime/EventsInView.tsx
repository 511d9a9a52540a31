/**
 * The diagram for the keyboard and for screen readers: a list of the events on one line. Along time, the keys go from event to event,
 * also beyond the window; over the lines, to the event on the next line that is nearest in time. Enter inspects.
 */
import { useEffect, useState, type KeyboardEvent } from 'react';
import { Mark } from '../../protocol/diagram.ts';
import { useController } from '../client/context.ts';
import { useDiagram } from '../state/diagram.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { cutAtCursor, cutMade } from './cut.ts';
import type { DiagramView } from './DiagramView.ts';
import { useIntent } from './intent.ts';
import { lineName } from './lines.ts';
import { compare } from './pick.ts';
import { useShown } from './useShown.ts';
import { cursorAlong } from './window.ts';
import { eventWords } from './words.ts';

const AROUND = 30;
const ZOOM = 1.5;
const optionId = (ordinal: number): string => `st-event-${ordinal}`;

interface Here {
  readonly ordinal: number;
  readonly line: number;
}

export function EventsInView({ view }: { readonly view: DiagramView }) {
  const controller = useController();
  const { held, lines, sheet } = useShown(view);
  const [here, setHere] = useState<Here | null>(null);
  const marks = held?.data.marks;
  const line = lines.list[here?.line ?? 0];

  useEffect(() => {
    view.activate(here?.ordinal ?? 0);
  }, [view, here]);

  const mine = marks ? [...marks.ordinal.keys()].filter((i) => held?.lines.of[marks.entity[i]!] === here?.line) : [];
  const at = mine.findIndex((i) => marks?.ordinal[i] === here?.ordinal);
  const shown = mine.slice(Math.max(0, at - AROUND), at + AROUND);

  const go = async (ordinal: number, to: number) => {
    setHere({ ordinal, line: to });
    view.revealLine(to);
    if (useDiagram.getState().axis === 'events') view.reveal(ordinal);
    else {
      const [row] = await controller.ask('rows', { from: ordinal, count: 1 });
      if (row) view.reveal(row.tick);
    }
  };
  const along = async (to: number, from: number, back: boolean) => {
    const members = lines.list[to]?.members;
    if (!members) return;
    const { ordinal } = await controller.ask('along', { entities: members, from, back });
    if (ordinal !== null) await go(ordinal, to);
    else if (from !== here?.ordinal) setHere({ ordinal: 0, line: to });
  };
  /** The nearest event of another line: the last one up to here, or else the next. */
  const over = async (by: number) => {
    const to = (here?.line ?? 0) + by;
    if (to < 0 || to >= lines.list.length) return;
    const from = here?.ordinal || live.get().frame?.ordinal || 1;
    const { ordinal } = await controller.ask('along', { entities: lines.list[to]!.members, from: from + 1, back: true });
    if (ordinal !== null) await go(ordinal, to);
    else await along(to, from, false);
  };
  const begin = () => {
    const { selection } = useView.getState();
    const own = selection?.type === 'entity' ? (lines.of[selection.index] ?? -1) : -1;
    void along(here?.line ?? Math.max(0, own), (live.get().frame?.ordinal ?? 0) + 1, true);
  };
  const moveCut = (back: boolean) => {
    const cut = useIntent.getState().cut ?? cutAtCursor(lines);
    if (!line) return;
    const { axis } = useDiagram.getState();
    const place = cut.get(line.entity) ?? cursorAlong(axis, live.get());
    // To the next event of this line in view, or a hundredth of the window where there is none.
    const places = mine.map((i) => marks!.at[i]!);
    const next = back ? places.findLast((p) => p < place) : places.find((p) => p > place);
    const step = (sheet.window.to - sheet.window.from) / 100;
    const to = next ?? place + (back ? -step : step);
    // Up to and with an event it is in; going back, right before it.
    cutMade(
      controller,
      lines,
      new Map(cut).set(line.entity, Math.max(0, back && next !== undefined ? to - (axis === 'time' ? 1 : 0.5) : to)),
    );
  };
  const inspect = (withShift: boolean) => {
    if (!here || here.ordinal === 0) return;
    const i = marks?.ordinal.indexOf(here.ordinal) ?? -1;
    const { selection } = useView.getState();
    if (withShift && selection?.type === 'event') {
      compare(controller, selection.ordinal, here.ordinal);
      return;
    }
    const message = i >= 0 && marks?.what[i] === Mark.arrival ? marks.message[i]! : -1;
    void controller.goTo(here.ordinal, message >= 0 ? { type: 'message', id: message } : { type: 'event', ordinal: here.ordinal });
  };
  const keyed = (event: KeyboardEvent) => {
    const turned = sheet.across ? {} : { ArrowUp: 'ArrowLeft', ArrowDown: 'ArrowRight', ArrowLeft: 'ArrowUp', ArrowRight: 'ArrowDown' };
    const key = (turned as Record<string, string>)[event.key] ?? event.key;
    const from = here?.ordinal ?? 0;
    const keys: Readonly<Record<string, () => unknown>> = {
      ArrowLeft: () => (from ? along(here?.line ?? 0, from, true) : begin()),
      ArrowRight: () => along(here?.line ?? 0, from, false),
      ArrowUp: () => over(-1),
      ArrowDown: () => over(1),
      Home: () => along(here?.line ?? 0, 0, false),
      End: () => along(here?.line ?? 0, (live.get().progress?.events ?? 0) + 1, true),
      PageUp: () => view.pan(-sheet.width * 0.8, 0),
      PageDown: () => view.pan(sheet.width * 0.8, 0),
      Enter: () => inspect(event.shiftKey),
      '+': () => view.zoom(1 / ZOOM),
      '=': () => view.zoom(1 / ZOOM),
      '-': () => view.zoom(ZOOM),
      '0': () => view.fit(),
      '[': () => moveCut(true),
      ']': () => moveCut(false),
    };
    const act = keys[key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void act();
  };
  return (
    <table
      className="st-events"
      role="grid"
      aria-label={`Events of ${line ? lineName(view.scene.entities, line) : 'no line'}`}
      aria-activedescendant={here && here.ordinal > 0 && at >= 0 ? optionId(here.ordinal) : undefined}
      tabIndex={0}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && !here && begin()}
      onBlur={() => setHere(null)}
      onKeyDown={keyed}
    >
      <tbody>
        {held &&
          shown.map((i) => {
            const ordinal = held.data.marks.ordinal[i]!;
            return (
              <tr key={ordinal} id={optionId(ordinal)} aria-selected={ordinal === here?.ordinal}>
                <td>{eventWords(view.scene, held.data, i).join(' · ')}</td>
              </tr>
            );
          })}
      </tbody>
    </table>
  );
}
