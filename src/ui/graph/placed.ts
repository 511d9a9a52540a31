/** Where the graph has put the entities, for the table of them that arrow keys walk through. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}
/** And how high the legend is at the bottom, in CSS pixels: nothing of the picture is put under it. */
export const placed: { places: Places | null; legend: number } = { places: null, legend: 0 };
