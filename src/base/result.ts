/** Problems that a person can act on: where it is, what is wrong, what to do. */
export interface Problem {
  /** One sentence that names the place and the value. */
  readonly message: string;
  /** Where in the input, 1-based, when there is such a place. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** What the person can do about it. */
  readonly hint?: string | undefined;
}

/** An error whose message is meant for a person; everything else thrown is a defect of ours. */
export class InputError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem | string) {
    const p = typeof problem === 'string' ? { message: problem } : problem;
    super(p.message);
    this.name = 'InputError';
    this.problem = p;
  }
}

/** The problem behind anything thrown; a defect of ours keeps its own words. */
export function problemOf(error: unknown): Problem {
  if (error instanceof InputError) return error.problem;
  return { message: error instanceof Error ? error.message : String(error) };
}
