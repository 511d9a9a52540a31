/** Calls with a time-out that are not answered, and those that were given up and whose reply may still come. */

/** In the place of what a call was: nobody waits for it any more. */
const GIVEN_UP = -1;
/** More methods than all layers have. */
const METHODS = 1024;

/** Tokens, and what stands for each. */
export type SavedWaiting = readonly [Float64Array, Float64Array];

export class Waiting {
  /** By token: method and callee in one number. */
  private calls = new Map<number, number>();

  get size(): number {
    return this.calls.size;
  }
  get bytes(): number {
    return 16 * this.calls.size;
  }
  add(token: number, method: number, callee: number): void {
    this.calls.set(token, method + METHODS * callee);
  }
  /** Nobody need wait any longer. Answers whether the call had been given up before. */
  settle(token: number): boolean {
    const late = this.calls.get(token) === GIVEN_UP;
    this.calls.delete(token);
    return late;
  }
  /** Its time is over; undefined where it was settled, or given up before. */
  giveUp(token: number): { readonly method: number; readonly callee: number } | undefined {
    const call = this.calls.get(token);
    if (call === undefined || call === GIVEN_UP) return undefined;
    this.calls.set(token, GIVEN_UP);
    const method = call % METHODS;
    return { method, callee: (call - method) / METHODS };
  }
  save(): SavedWaiting {
    return [Float64Array.from(this.calls.keys()), Float64Array.from(this.calls.values())];
  }
  load([tokens, calls]: SavedWaiting): void {
    this.calls = new Map();
    tokens.forEach((token, i) => this.calls.set(token, calls[i]!));
  }
}
