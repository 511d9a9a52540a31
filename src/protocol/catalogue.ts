/** What exists: the interface and the command line learn it from here and nowhere else. */
import type { ParamSchema } from './params.ts';
import type { SweepSpec } from './sweep.ts';

export interface CatalogueEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly params: ParamSchema;
}
export interface ScenarioEntry extends CatalogueEntry {
  /** Under which heading it is offered; those of one topic stand together. */
  readonly topic: string;
}
export interface AlgorithmEntry extends CatalogueEntry {
  /** Paper and section. */
  readonly source: string;
  /** What it needs that not every transport can give. */
  readonly needs: readonly string[];
  /** It can spread several updates at once. */
  readonly many: boolean;
  /** Others can run on its views. */
  readonly membership: boolean;
}
export interface ModuleEntry {
  readonly id: string;
  readonly title: string;
  /** `RFC 6121`, `XEP-0045`. */
  readonly spec: string;
  readonly version: string;
}
/** A file format in which graphs are read and written. */
export interface GraphFormatEntry {
  readonly id: string;
  readonly title: string;
  /** Without the dot. */
  readonly extensions: readonly string[];
}
export interface Catalogue {
  readonly scenarios: readonly ScenarioEntry[];
  readonly algorithms: readonly AlgorithmEntry[];
  readonly topologies: readonly CatalogueEntry[];
  /** Sweeps that are offered ready made. */
  readonly sweeps: readonly { readonly id: string; readonly title: string; readonly summary: string; readonly spec: SweepSpec }[];
  /** What any gossip scene may have to live with. */
  readonly conditions: ParamSchema;
  readonly modules: readonly ModuleEntry[];
  /** Where the servers' two profiles differ. */
  readonly conflicts: readonly { readonly id: string; readonly prosody: string; readonly specification: string; readonly source: string }[];
  readonly graphFormats: readonly GraphFormatEntry[];
}
