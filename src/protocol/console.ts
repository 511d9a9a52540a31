/** What a person writes for a client to send, looked at before it is sent, and what becomes part of the run when it is. */

export interface CheckArgs {
  readonly text: string;
}

/** Something wrong with the text; line and column count from 1. */
export interface TextFault {
  readonly line: number;
  readonly column: number;
  /** Index of that place in the text. */
  readonly index: number;
  readonly message: string;
  /** The specification and section that has it so. */
  readonly section: string;
  /** `/iq/query/item[2]/@jid`, where the text is well-formed. */
  readonly path?: string | undefined;
}

export interface Checked {
  /** `broken`: not well-formed; `invalid`: a receiver may refuse it; `empty`: nothing yet. */
  readonly verdict: 'empty' | 'broken' | 'invalid' | 'valid';
  readonly faults: readonly TextFault[];
  /** Namespaces that are not defined here: not judged. */
  readonly unknown: readonly string[];
  /** Whole items, in order, in words. */
  readonly items: readonly string[];
  /** What is sent: line breaks and indentation between tags are for the eye. */
  readonly sent: string;
  /** Its bytes in UTF-8. */
  readonly bytes: number;
}
