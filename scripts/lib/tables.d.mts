import type { Catalogue } from '../../src/protocol/catalogue.ts';

export function tablesOf(catalogue: Catalogue): Readonly<Record<string, string>>;
export function withTables(text: string, tables: Readonly<Record<string, string>>): string;
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string;
export function code(text: string): string;
