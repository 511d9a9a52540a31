/** What the selection lights up on the graph; of a stanza that is not under way now the source is asked for its ends. */
import type { Frame } from '../../protocol/protocol.ts';
import { KINDS, type Scene } from '../../protocol/scene.ts';
import type { Palette } from '../shared/palette.ts';
import { useView } from '../state/store.ts';
import type { Lit } from './overlay.ts';

interface Asked {
  /** Whether a selected stanza is one of this run. */
  isPrimary(): boolean;
  endsOf(message: number): Promise<readonly [number, number] | null>;
  /** Its ends are known now. */
  known(): void;
}

export class Lights {
  readonly #scene: Scene;
  readonly #asked: Asked;
  #ends: { id: number; from: number; to: number; colour: string } | null = null;

  constructor(scene: Scene, asked: Asked) {
    this.#scene = scene;
    this.#asked = asked;
  }

  of(frame: Frame | null, palette: Palette): Lit {
    const { selection } = useView.getState();
    const lit = { entity: -1, message: -1, from: -1, to: -1, colour: palette.accent };
    if (selection?.type === 'entity') return { ...lit, entity: selection.index };
    if (selection?.type === 'link') {
      const { from, to } = this.#scene.links;
      return { ...lit, from: from[selection.index] ?? -1, to: to[selection.index] ?? -1 };
    }
    if (selection?.type !== 'message' || !this.#asked.isPrimary()) return lit;
    const { from, to, colour } = this.#endsOf(selection.id, frame, palette);
    return { ...lit, message: selection.id, from, to, colour };
  }

  #endsOf(id: number, frame: Frame | null, palette: Palette) {
    if (this.#ends?.id === id) return this.#ends;
    const i = frame?.flights.id.indexOf(id) ?? -1;
    if (frame && i >= 0) {
      const kind = KINDS[frame.flights.kind[i] ?? 0] ?? 'message';
      this.#ends = { id, from: frame.flights.from[i] ?? -1, to: frame.flights.to[i] ?? -1, colour: palette.kinds[kind] };
      return this.#ends;
    }
    // Not under way now: ask, once, and draw again when it is known.
    this.#ends = { id, from: -1, to: -1, colour: palette.accent };
    void this.#asked.endsOf(id).then((ends) => {
      if (!ends || this.#ends?.id !== id) return;
      this.#ends = { id, from: ends[0], to: ends[1], colour: palette.accent };
      this.#asked.known();
    });
    return this.#ends;
  }
}
