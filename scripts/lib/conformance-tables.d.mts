import type { Catalogue } from '../../src/protocol/catalogue.ts';

/** What the tests of test/conformance find out. */
export interface Findings {
  readonly rules: readonly {
    readonly id: string;
    readonly section: string;
    readonly citedBy: readonly string[];
    readonly excuse: string | undefined;
  }[];
  /** By kind: namespaces, stanzas, errors. */
  readonly seen: Readonly<
    Record<string, readonly { readonly name: string; readonly places: readonly string[]; readonly excuse: string | undefined }[]>
  >;
  readonly modules: readonly {
    readonly spec: string;
    readonly title: string;
    readonly rules: readonly { readonly id: string; readonly seen: boolean; readonly excuse: string | undefined }[];
  }[];
  readonly scores: readonly Score[];
}
/** Groups that agree, of how many: `39/40`. */
export interface Score {
  readonly conversation: string;
  readonly prosody: string;
  readonly both: string;
  readonly s2s: string;
}
export const compliance: readonly {
  readonly suite: string;
  readonly features: readonly { readonly feature: string; readonly modules: readonly string[] }[];
}[];
export function catalogueTables(catalogue: Catalogue): Readonly<Record<string, string>>;
export function findingTables(findings: Findings): Readonly<Record<string, string>>;
