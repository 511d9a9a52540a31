/** Where the graph has put the entities, for the table of them that arrow keys walk through. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}
export const placed: { places: Places | null } = { places: null };
