/** To the next or the previous mark of the scrubber. */
import { cursorOf, live, type ScrubMark } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import type { Player } from './player.ts';

/** @param marks in the order of events */
export const markBeside = (marks: readonly ScrubMark[], cursor: number, back: boolean): ScrubMark | undefined =>
  back ? marks.findLast(({ ordinal }) => ordinal < cursor) : marks.find(({ ordinal }) => ordinal > cursor);

export const jumper =
  (player: Player) =>
  async (back: boolean): Promise<void> => {
    const { marks, progress } = live.get();
    const mark = markBeside(marks, cursorOf(live.get()), back);
    if (!mark || mark.ordinal > (progress?.events ?? 0)) {
      useView.getState().said(`No ${back ? 'earlier' : 'later'} mark: breakpoints, warnings, faults and what was done by hand are marked.`);
      return;
    }
    await player.seekOrdinal(mark.ordinal);
    const all = marks.filter(({ ordinal }) => ordinal === mark.ordinal).map(({ text }) => text);
    useView.getState().said(`Event ${mark.ordinal.toLocaleString('en')}: ${[...new Set(all)].join('; ')}.`);
  };
