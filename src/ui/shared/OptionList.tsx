/** What can be chosen, in a list below or above the line that it belongs to: the popup of a combobox (ARIA 1.2). The keys stay in the line. */
import type { ReactNode } from 'react';
import './option-list.css';

/** Where on the screen it stands. */
export interface Placed {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly up: boolean;
  readonly room: number;
}
export const NOWHERE: Placed = { left: 0, top: 0, width: 0, up: false, room: 0 };

const MOST_PX = 264;

/** Below the line, or above it where there is more room. */
export function placeAt(line: Element): Placed {
  const rect = line.getBoundingClientRect();
  const below = innerHeight - rect.bottom;
  const up = below < 240 && rect.top > below;
  return {
    left: rect.left,
    top: up ? innerHeight - rect.top + 4 : rect.bottom + 4,
    width: rect.width,
    up,
    room: Math.min(MOST_PX, (up ? rect.top : below) - 12),
  };
}

/** Keys that go through a list, and by how much. */
export const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
/** @param at -1: none yet. */
export const stepped = (at: number, by: number, count: number): number =>
  at < 0 ? (by > 0 ? 0 : count - 1) : Math.min(count - 1, Math.max(0, at + by));

export interface ListedOption {
  readonly key: string;
  readonly content: ReactNode;
  readonly disabled?: boolean;
}
interface Props {
  readonly id: string;
  readonly label: string;
  readonly options: readonly ListedOption[];
  /** The one that the keys are at; -1: none. */
  readonly at: number;
  readonly open: boolean;
  readonly placed: Placed;
  /** In pixels. */
  readonly width: number;
  readonly accept: (index: number) => void;
  /** Said below the options. */
  readonly children?: ReactNode;
}

export const optionId = (list: string, index: number): string => `${list}-${index}`;

export function OptionList({ id, label, options, at, open, placed, width, accept, children }: Props) {
  return (
    <ul
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of a select cannot hold its explanation
      role="listbox"
      aria-label={label}
      hidden={!open}
      className="option-list"
      style={{ left: placed.left, [placed.up ? 'bottom' : 'top']: placed.top, width, maxHeight: placed.room }}
    >
      {open &&
        options.map((option, i) => (
          <li
            key={option.key}
            ref={(item) => {
              if (i === at) item?.scrollIntoView({ block: 'nearest' });
            }}
            id={optionId(id, i)}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
            role="option"
            aria-selected={i === at}
            aria-disabled={option.disabled === true ? true : undefined}
            onPointerDown={(event) => {
              event.preventDefault();
              if (option.disabled !== true) accept(i);
            }}
          >
            {option.content}
          </li>
        ))}
      {open && children}
    </ul>
  );
}
