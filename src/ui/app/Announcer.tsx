/**
 * Says what happened, for those who do not see it: at rest the event that the cursor went to, while playing per round and not too often; which
 * branch is on show, and what the notes found. What the page itself has to say, a breakpoint made or reached, is said by `Notices`.
 */
import { useEffect, useState } from 'react';
import { SEVERITIES } from '../../protocol/notes.ts';
import type { Row } from '../../protocol/protocol.ts';
import { useController } from '../client/context.ts';
import type { Controller } from '../client/contract.ts';
import { formatTime } from '../shared/format.ts';
import { KIND_TITLES } from '../shared/KindIcon.tsx';
import { SEVERITY_TITLES } from '../shared/SeverityIcon.tsx';
import { useBranches } from '../state/branches.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useView } from '../state/store.ts';

const PLAYING_MS = 4000;
const PAUSED_MS = 500;

/** The row in words, as the list of events shows it in columns. */
function rowWords({ kind, from, to, what }: Row): string {
  const who = from && to && from !== to ? ` from ${from} to ${to}` : from || to ? ` at ${to || from}` : '';
  return `${kind ? `${KIND_TITLES[kind]} ` : ''}${what}${who}`;
}

/** What stands at this event besides: a breakpoint, a warning. */
function marksAt(ordinal: number): string {
  const { stops, notes } = live.get();
  const at = notes ? notes.marks.ordinal.indexOf(ordinal) : -1;
  const severity = at >= 0 ? SEVERITIES[notes!.marks.severity[at]!] : undefined;
  return `${stops.includes(ordinal) ? ' Breakpoint.' : ''}${severity ? ` ${SEVERITY_TITLES[severity]}: see Notes.` : ''}`;
}

/** Errors and warnings of the whole run, once it was looked through. */
function notesFound(): string {
  const { notes } = live.get();
  if (!notes?.complete) return '';
  const [, , warnings = 0, errors = 0] = notes.counts;
  return errors + warnings === 0 ? '' : ` Notes found: ${errors} errors, ${warnings} warnings.`;
}

const NOTHING = { run: 0, ordinal: -1, round: -1, branch: 0, found: '' };

/** Begins to listen; answers how to stop. */
function listen(controller: Controller, announce: (text: string) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let last = NOTHING;
  const eventAt = async (ordinal: number): Promise<string> => {
    if (ordinal === 0) return 'Beginning, ';
    try {
      const [row] = await controller.ask('rows', { from: ordinal, count: 1 });
      return row ? `Event ${ordinal}: ${rowWords(row)}. ` : `Event ${ordinal}, `;
    } catch {
      // Another scene was opened meanwhile, or the worker died: both are said elsewhere.
      return `Event ${ordinal}, `;
    }
  };
  const say = async () => {
    timer = undefined;
    const { scene, playing } = useView.getState();
    const { frame, run } = live.get();
    const ordinal = cursorOf(live.get());
    if (!scene || !frame) return;
    const { told } = useBranches.getState();
    const branch = told?.active ?? 0;
    const found = notesFound();
    const moved = run !== last.run || ordinal !== last.ordinal;
    const besides =
      (branch === last.branch ? '' : ` On show: ${told?.branches.find(({ id }) => id === branch)?.name ?? 'the first run'}.`) +
      (found === last.found ? '' : found);
    if ((!moved || (playing && frame.round === last.round)) && besides === '') return;
    last = { run, ordinal, round: frame.round, branch, found };
    const where = playing ? '' : await eventAt(ordinal);
    // The person went on: what is said next is about where they are then.
    if (isOver || last.ordinal !== ordinal) return;
    announce(
      `${where}${scene.roundName} ${frame.round}, ${formatTime(scene.unit, frame.tick)}, ${frame.reached} of ${scene.reached.of} ${scene.reached.title}, ${frame.flights.total} in flight.${playing ? '' : marksAt(ordinal)}${besides}`,
    );
  };
  const later = () => {
    timer ??= setTimeout(() => void say(), useView.getState().playing ? PLAYING_MS : PAUSED_MS);
  };
  const stops = [live.subscribe(later), useBranches.subscribe(later)];
  return () => {
    isOver = true;
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}

export function Announcer() {
  const controller = useController();
  const [text, setText] = useState('');
  useEffect(() => listen(controller, setText), [controller]);
  return (
    <p className="sr-only" aria-live="polite">
      {text}
    </p>
  );
}
