/** The view-neutral parts that `inspect` answers in. A new module describes itself with these and needs nothing in `ui/`. */

/** Something that can be selected, inspected and linked to. */
export type Target =
  | { readonly type: 'message'; readonly id: number }
  | { readonly type: 'event'; readonly ordinal: number }
  | { readonly type: 'entity'; readonly index: number }
  | { readonly type: 'link'; readonly index: number };

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** What it means, in words. */
  readonly help?: string | undefined;
  readonly link?: Target | undefined;
  /** Set in monospace: addresses, identifiers, numbers that are compared. */
  readonly mono?: boolean | undefined;
}
export interface Cell {
  readonly text: string;
  readonly link?: Target | undefined;
}
export interface TreeNode {
  readonly key: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly children: readonly TreeNode[];
}

/** One line of formatted XML, in coloured pieces. */
export interface XmlLine {
  readonly indent: number;
  readonly pieces: readonly { readonly kind: 'punctuation' | 'tag' | 'attribute' | 'value' | 'text'; readonly text: string }[];
  /** Compared with the stanza that came in: new here, or changed here. */
  readonly mark?: 'added' | 'changed' | 'removed' | undefined;
}

/** One leg of a stanza's way, from what began it: who had it when, and what was changed in it there. */
export interface Hop {
  readonly key: string;
  /** `alice → wonderland.lit`. */
  readonly title: string;
  readonly link: Target;
  readonly here: boolean;
  /** When it was sent, how long it waited there before, how long it took, what became of it. */
  readonly detail: string;
  /** Compared with what came in, where it carries that on; else what it is. */
  readonly compared: boolean;
  readonly lines: readonly XmlLine[];
}

interface PartBase {
  /** Stable between two inspections of the same thing, so that changes can be marked. */
  readonly key: string;
  readonly title?: string | undefined;
}
export type Part =
  | (PartBase & { readonly type: 'fields'; readonly fields: readonly Field[] })
  | (PartBase & {
      readonly type: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly { readonly key: string; readonly cells: readonly Cell[] }[];
      /** Said instead of the table when there are no rows. */
      readonly empty: string;
    })
  | (PartBase & { readonly type: 'tree'; readonly nodes: readonly TreeNode[] })
  | (PartBase & {
      readonly type: 'form';
      readonly fields: readonly { readonly key: string; readonly label: string; readonly values: readonly string[] }[];
    })
  | (PartBase & { readonly type: 'xml'; readonly xml: string; readonly lines: readonly XmlLine[] })
  /** The rule that fired, in words: an explanation, with the section it comes from. */
  | (PartBase & { readonly type: 'note'; readonly text: string; readonly source: string; readonly link?: Target | undefined })
  | (PartBase & { readonly type: 'hops'; readonly hops: readonly Hop[] });

export interface Inspection {
  readonly target: Target;
  readonly title: string;
  readonly subtitle: string;
  readonly parts: readonly Part[];
}
