/**
 * What interventions did to rows that were written before: rows are final, so it stands beside them. A message that was delayed has another
 * `due` from an ordinal on; a copy, or an edited one, stands in the place of its original, whose id its stanza has.
 */
import { upperBound } from './column.ts';

/** That intervention `index` of the run was done. */
export interface Done {
  readonly index: number;
  /** Ordinal of its row. */
  readonly ordinal: number;
  /** What it was to be done to was there. */
  readonly found: boolean;
}

export class Touched {
  /** In the order of their rows. */
  readonly done: Done[] = [];
  private readonly dues = new Map<number, { readonly at: number[]; readonly due: number[]; readonly sent: number[] }>();
  private readonly originals = new Map<number, { readonly id: number; readonly sent: number; readonly bytes: number }>();

  /** Message `id` is due at another tick from the event on. @param sent where it is sent anew; absent: it is on its way as before. */
  moved(id: number, ordinal: number, due: number, sent = NaN): void {
    let kept = this.dues.get(id);
    if (!kept) this.dues.set(id, (kept = { at: [], due: [], sent: [] }));
    kept.at.push(ordinal);
    kept.due.push(due);
    kept.sent.push(Number.isNaN(sent) ? (kept.sent.at(-1) ?? NaN) : sent);
  }
  /** When the message was to arrive, as that stood after the event; `otherwise` is what its row says. */
  dueOf(id: number, ordinal: number, otherwise: number): number {
    const kept = this.dues.size === 0 ? undefined : this.dues.get(id);
    const after = kept ? upperBound((i) => kept.at[i]!, 0, kept.at.length, ordinal) : 0;
    return after > 0 ? kept!.due[after - 1]! : otherwise;
  }
  /** Where a picture of the moment has it begin. */
  sentAt(id: number, ordinal: number, otherwise: number): number {
    const kept = this.dues.size === 0 ? undefined : this.dues.get(id);
    const after = kept ? upperBound((i) => kept.at[i]!, 0, kept.at.length, ordinal) : 0;
    const again = after > 0 ? kept!.sent[after - 1]! : NaN;
    return Number.isNaN(again) ? this.sentOf(id, otherwise) : again;
  }
  /** Message `id` is in the place of another, which was sent at that tick. @param bytes of its XML. */
  replaces(id: number, original: number, sent: number, bytes: number): void {
    this.originals.set(id, { id: this.originalOf(original), sent, bytes });
  }
  /** Of such a message. */
  bytesOf(id: number): number | undefined {
    return this.originals.get(id)?.bytes;
  }
  originalOf(id: number): number {
    return this.originals.get(id)?.id ?? id;
  }
  /** Where a picture has it begin. */
  sentOf(id: number, otherwise: number): number {
    return this.originals.size === 0 ? otherwise : (this.originals.get(id)?.sent ?? otherwise);
  }
  /** Those of the first `ordinal` events, and of messages below `messages`. */
  until(ordinal: number, messages: number): Touched {
    const kept = new Touched();
    kept.done.push(...this.done.filter((done) => done.ordinal <= ordinal));
    for (const [id, { at, due, sent }] of this.dues)
      at.forEach((when, i) => {
        if (when <= ordinal) kept.moved(id, when, due[i]!, sent[i]!);
      });
    for (const [id, original] of this.originals) if (id < messages) kept.originals.set(id, original);
    return kept;
  }
}
