/** Says where the cursor went, for those who do not see it: at rest at once, while playing per round and not too often. */
import { useEffect, useState } from 'react';
import { formatTime } from '../shared/format.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useView } from '../state/store.ts';

const PLAYING_MS = 4000;
const PAUSED_MS = 500;

export function Announcer() {
  const [text, setText] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastOrdinal = -1;
    let lastRound = -1;
    const say = () => {
      timer = undefined;
      const { scene, playing } = useView.getState();
      const { frame } = live.get();
      const ordinal = cursorOf(live.get());
      if (!scene || !frame || ordinal === lastOrdinal || (playing && frame.round === lastRound)) return;
      lastOrdinal = ordinal;
      lastRound = frame.round;
      const where = playing ? '' : `Event ${ordinal}, `;
      setText(
        `${where}${scene.roundName} ${frame.round}, ${formatTime(scene.unit, frame.tick)}, ${frame.reached} of ${scene.reached.of} ${scene.reached.title}, ${frame.flights.total} in flight.`,
      );
    };
    return live.subscribe(() => {
      timer ??= setTimeout(say, useView.getState().playing ? PLAYING_MS : PAUSED_MS);
    });
  }, []);
  return (
    <p className="sr-only" aria-live="polite">
      {text}
    </p>
  );
}
