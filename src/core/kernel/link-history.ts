/** Shown states of those links whose state was ever another than `up`: the events in which each changed, and to what. */
import { LinkState } from '../../protocol/scene.ts';
import { upperBound } from './column.ts';

export class LinkHistory {
  private readonly links = new Map<number, { readonly at: number[]; readonly state: number[] }>();

  add(ordinal: number, link: number, state: number): void {
    let kept = this.links.get(link);
    if ((kept?.state.at(-1) ?? LinkState.up) === state) return;
    if (!kept) this.links.set(link, (kept = { at: [], state: [] }));
    kept.at.push(ordinal);
    kept.state.push(state);
  }
  get isAny(): boolean {
    return this.links.size > 0;
  }
  /** The event in which it changed last; 0 if it never did. */
  changedAt(link: number): number {
    return this.links.get(link)?.at.at(-1) ?? 0;
  }
  /** Of every link, after the event. */
  statesAt(ordinal: number, links: number): Uint8Array {
    const states = new Uint8Array(links).fill(LinkState.up);
    for (const [link, { at, state }] of this.links) {
      const after = upperBound((i) => at[i]!, 0, at.length, ordinal);
      if (after > 0) states[link] = state[after - 1]!;
    }
    return states;
  }
  /** As it was after the event. */
  until(ordinal: number): LinkHistory {
    const fork = new LinkHistory();
    for (const [link, { at, state }] of this.links) {
      const known = upperBound((i) => at[i]!, 0, at.length, ordinal);
      if (known > 0) fork.links.set(link, { at: at.slice(0, known), state: state.slice(0, known) });
    }
    return fork;
  }
}
