/** Icons of buttons, on a 16-unit grid, in the colour of their text. */
const PATHS = {
  play: 'M4.5 2.5l9 5.5l-9 5.5z',
  pause: 'M4.5 3v10M11.5 3v10',
  replay: 'M3.2 5.2A5.4 5.4 0 1 1 2.6 8.6M3 2.2v3.2h3.2',
  stepForward: 'M5 3.5l6.5 4.5l-6.5 4.5z',
  stepBack: 'M11 3.5l-6.5 4.5l6.5 4.5z',
  nextRound: 'M3.5 3.5l6.5 4.5l-6.5 4.5zM12.5 3v10',
  previousRound: 'M12.5 3.5l-6.5 4.5l6.5 4.5zM3.5 3v10',
  zoomIn: 'M8 3.5v9M3.5 8h9',
  zoomOut: 'M3.5 8h9',
  fit: 'M2.5 6v-3.5h3.5M10 2.5h3.5v3.5M13.5 10v3.5h-3.5M6 13.5h-3.5v-3.5',
  list: 'M3 4h10M3 8h10M3 12h10',
  dice: 'M3 3h10v10h-10zM5.8 5.8h.01M10.2 5.8h.01M8 8h.01M5.8 10.2h.01M10.2 10.2h.01',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6M8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z',
  edit: 'M3 13l.6-2.8l7-7l2.2 2.2l-7 7zM9.2 4.6l2.2 2.2',
  search: 'M7 2.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4M10.1 10.1l3.4 3.4',
  breakpoint: 'M8 3.6a4.4 4.4 0 1 0 0 8.8a4.4 4.4 0 1 0 0-8.8M6 8h4',
  close: 'M4 4l8 8M12 4l-8 8',
  save: 'M8 2.5v7M4.8 6.6l3.2 3.2l3.2-3.2M3 13h10',
  left: 'M2.5 3h11v10h-11zM6 3v10',
  right: 'M2.5 3h11v10h-11zM10 3v10',
  dock: 'M2.5 3h11v10h-11zM2.5 9h11',
} as const;
export type IconName = keyof typeof PATHS;
const FILLED: ReadonlySet<IconName> = new Set(['play', 'stepForward', 'stepBack', 'nextRound', 'previousRound']);

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      fill={FILLED.has(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'pause' || name === 'dice' ? 2.2 : 1.4}
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
