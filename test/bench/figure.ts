/** What a benchmark tells: the lines of `npm run bench`, its JSON and the table of the README. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  /** What it is held against, and in which proportion to that it is. */
  readonly ratioTo?: string;
}
export type Figures = Record<string, Figure>;

export const figure = (value: number, unit: string, reference = '', ratio?: number): Figure => ({
  value,
  unit,
  ...(ratio === undefined ? {} : { ratioTo: `${reference}: ${ratio.toFixed(2)}` }),
});
