/** Told of a run as it goes, whether rows are kept or not; it changes nothing in it. */
export interface Watch {
  /** This was put on a link, or went straight from one entity to another (`link` -1). */
  sent(tick: number, from: number, to: number, link: number, bytes: number, stanza: boolean): void;
}
