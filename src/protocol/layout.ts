/** What the page asks of the worker that lays graphs out, and what comes back while it does. */
export interface LayoutRequest {
  /** Ends of each link, by node. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Where each node stands at the beginning. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** How often every node moves: fixed, so that the same graph always ends up in the same picture. */
  readonly iterations: number;
}
export interface LayoutReply {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly done: boolean;
}
