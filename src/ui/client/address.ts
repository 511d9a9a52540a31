/** The address bar always carries the link; a link that is pasted over it is followed. */
import { useDiagram } from '../state/diagram.ts';
import { live } from '../state/frame.ts';
import { useQueries } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import type { Controller } from './contract.ts';

/** Browsers limit how often the address may be changed. */
const PLAYING_MS = 1000;
const PAUSED_MS = 250;

export function followAddress(controller: Controller): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = location.hash;
  const write = () => {
    timer = undefined;
    const link = controller.link();
    if (link === '' || `#${link}` === written) return;
    written = `#${link}`;
    history.replaceState(null, '', written);
  };
  const changed = () => {
    timer ??= setTimeout(write, useView.getState().playing ? PLAYING_MS : PAUSED_MS);
  };
  live.subscribe(changed);
  useView.subscribe((now, before) => {
    if (
      now.selection !== before.selection ||
      now.scene !== before.scene ||
      now.dock !== before.dock ||
      now.panes !== before.panes ||
      now.ways !== before.ways ||
      now.playing !== before.playing
    )
      changed();
  });
  useDiagram.subscribe(changed);
  useQueries.subscribe((now, before) => {
    if (now.filter !== before.filter || now.context !== before.context || now.breakpoints !== before.breakpoints) changed();
  });
  changed();
  addEventListener('hashchange', () => {
    if (location.hash === written) return;
    written = location.hash;
    void controller.openLink(location.hash).then(() => {
      // A link that was refused leaves the address bar to the scene that stays.
      written = '';
      changed();
    });
  });
}
