/** How the diagram is read and moved: ends of arrows, marks on lines, and what pointer and keys do. */
import type { ReactNode } from 'react';
import { Popover } from './Popover.tsx';

const Glyph = ({ children }: { readonly children: ReactNode }) => (
  <svg viewBox="0 0 34 16" width="34" height="16" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.4">
    {children}
  </svg>
);
const HEAD = 'M32 8l-8 -3.4v6.8z';

const ENTRIES: readonly (readonly [ReactNode, string])[] = [
  [
    <>
      <path d="M2 8h22" />
      <path d={HEAD} fill="currentColor" />
    </>,
    'delivered',
  ],
  [
    <>
      <path d="M2 8h22" />
      <path d={HEAD} />
    </>,
    'a duplicate, or nothing came of it',
  ],
  [
    <>
      <path d="M2 8h22M32 3v10" />
      <path d={HEAD} fill="currentColor" />
    </>,
    'refused by its receiver',
  ],
  [<path key="lost" d="M2 8h24M22 4l8 8m0 -8l-8 8" />, 'lost on its way, cut or taken away'],
  [<path key="way" d="M2 8h30" strokeDasharray="4 3" />, 'still under way'],
  [<path key="timer" d="M2 8h30M17 4v8" />, 'a timer'],
  [
    <>
      <path d="M2 8h30" />
      <circle cx="17" cy="8" r="2.8" fill="var(--panel)" />
    </>,
    'nothing happened: a rule says why',
  ],
  [
    <>
      <path d="M2 8h30" />
      <path d="M17 3l5 5l-5 5l-5 -5z" fill="currentColor" />
    </>,
    'done by hand',
  ],
  [
    <>
      <path d="M2 12h30" />
      <path d="M13 3h8l-4 6z" fill="currentColor" />
    </>,
    'a warning or an error noted there',
  ],
];

const WAYS: readonly (readonly [string, string])[] = [
  ['Wheel, drag', 'along the time'],
  ['Ctrl + wheel, + −', 'longer and shorter time'],
  ['Shift + wheel', 'over the lines'],
  ['Drag on the ruler', 'the cursor'],
  ['Double click', 'go there'],
  ['Click, Shift + click', 'select, compare with that'],
  ['Arrow keys, Enter', 'from event to event, go there'],
  ['[ ]', 'move the cut on a line'],
];

export const KeyMenu = () => (
  <Popover label="Key" title="How the diagram is read and moved">
    {() => (
      <div className="st-key">
        <ul>
          {ENTRIES.map(([glyph, text]) => (
            <li key={text}>
              <Glyph>{glyph}</Glyph>
              {text}
            </li>
          ))}
        </ul>
        <dl>
          {WAYS.map(([keys, text]) => (
            <div key={keys}>
              <dt>{keys}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    )}
  </Popover>
);
