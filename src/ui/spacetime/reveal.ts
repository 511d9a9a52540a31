/** What is chosen elsewhere comes into view here: its line, where none of its lines is seen. */
import type { Target } from '../../protocol/parts.ts';
import type { Controller } from '../client/contract.ts';
import { useView } from '../state/store.ts';
import type { Held } from './cache.ts';
import { linesInView, type Sheet } from './geometry.ts';
import type { Lines } from './lines.ts';

interface Place {
  readonly sheet: Sheet;
  readonly lines: Lines;
  readonly held: Held | null;
  revealLine(line: number): void;
}

export interface Seeker {
  /** It was chosen, and is looked for; `null`: nothing is any more. */
  seek(target: Target | null): void;
  /** Before each picture. */
  look(): void;
}

/** Whose lines show something of it, the telling one first; undefined while that is not known. */
function entitiesOf(target: Target, held: Held | null): readonly number[] | undefined {
  if (target.type === 'link') return [];
  if (target.type === 'entity') return [target.index];
  if (target.type === 'event' || !held) return undefined;
  const { messages } = held.data;
  const row = messages.id.indexOf(target.id);
  return row < 0 ? undefined : [messages.to[row]!, messages.from[row]!];
}

/** Of an event, the one that it happened at: the diagram holds only those of the lines in view. */
async function entityOfEvent(ask: Controller['ask'], target: Target & { readonly type: 'event' }): Promise<Target | null> {
  const { parts } = await ask('inspect', { target, ordinal: target.ordinal });
  const links = parts.flatMap((part) => (part.type === 'fields' ? part.fields.map(({ link }) => link) : []));
  return links.find((link) => link?.type === 'entity') ?? null;
}

export function createSeeker(place: Place, ask: Controller['ask'], changed: () => void): Seeker {
  let sought: Target | null = useView.getState().selection;
  const ofEvent = (event: Target & { readonly type: 'event' }) => {
    sought = null;
    entityOfEvent(ask, event).then(
      (entity) => {
        if (useView.getState().selection !== event) return;
        sought = entity;
        changed();
      },
      // Of what cannot be inspected any more there is nothing to show.
      () => undefined,
    );
  };
  return {
    seek(target) {
      sought = target;
    },
    look() {
      const { sheet, lines, held } = place;
      if (!sought || sheet.height === 0) return;
      if (sought.type === 'event') {
        ofEvent(sought);
        return;
      }
      const own = entitiesOf(sought, held)
        ?.map((entity) => lines.of[entity] ?? -1)
        .filter((line) => line >= 0);
      if (!own) return;
      sought = null;
      const [first, last] = linesInView(sheet);
      if (own[0] !== undefined && !own.some((line) => line > first && line < last)) place.revealLine(own[0]);
    },
  };
}
