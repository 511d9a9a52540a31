/** Told of a run as it goes, whether rows are kept or not; it changes nothing in it. What it has counted is in keyframes. */
export interface Watch {
  /** This was put on a link, or went straight from one entity to another (`link` -1). */
  sent(tick: number, from: number, to: number, link: number, bytes: number, stanza: boolean): void;
  /** Plain data, which nobody changes afterwards. */
  save(): unknown;
  load(saved: unknown): void;
  /** Bytes that `save` copies. */
  readonly stateBytes: number;
}
