/** A scenario is data: what is there at the beginning and what its people mean to do. `stanzascope/scenario`, version 1. */
import type { ParamSchema, ParamValues } from './params.ts';

interface ScenarioBase {
  readonly format: 'stanzascope/scenario';
  readonly version: 1;
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly seed: string;
  /** Where the run ends if it does not drain: a tick. */
  readonly until?: number | undefined;
  /** Ticks of simulated time for one second here, at first. */
  readonly speed?: number | undefined;
  /** What a person may change in this scenario, beyond the seed. */
  readonly params?: ParamSchema | undefined;
  readonly values?: ParamValues | undefined;
}

/**
 * A change of who is there, or of what is linked, at a tick: a line of a churn trace. `join`, `leave` (in good order) and
 * `crash` (without a word) are of `node`; `up` and `down` are of its link to `to`.
 */
export interface Change {
  readonly at: number;
  readonly do: 'join' | 'leave' | 'crash' | 'up' | 'down';
  readonly node: string;
  readonly to?: string | undefined;
}

export interface GossipScenario extends ScenarioBase {
  readonly model: 'gossip';
  readonly algorithm: string;
  /** Values of the algorithm's own parameters. */
  readonly algorithmParams: ParamValues;
  /** A topology of the catalogue, or `file` with the path of a graph below `public/`, or the name of an opened file. */
  readonly topology: { readonly id: string; readonly params?: ParamValues | undefined; readonly file?: string | undefined };
  /** Name of the node that starts; else the one named `orig…`, else the first. */
  readonly origin?: string | undefined;
  /** What the run has to live with: losses, crashes, membership…; see the catalogue's `conditions`. */
  readonly conditions?: ParamValues | undefined;
  /** Which run of an experiment this is: its seed is stream `run/<run>` of the scenario's. */
  readonly run?: number | undefined;
  /** The graph, too, is drawn from the run's own seed. */
  readonly redraw?: boolean | undefined;
  /** Joins, leaves, crashes, links that come and go, by tick. */
  readonly changes?: readonly Change[] | undefined;
}

/** What a client does, in order; `at` is in ticks from the beginning. */
export type ClientAct =
  | { readonly at: number; readonly do: 'presence'; readonly show?: string; readonly status?: string }
  | { readonly at: number; readonly do: 'join'; readonly room: string; readonly nick: string }
  | { readonly at: number; readonly do: 'say'; readonly room: string; readonly body: string; readonly id: string }
  | { readonly at: number; readonly do: 'leave'; readonly room: string; readonly nick: string; readonly status?: string }
  /** Any stanza, as XML: a script may do what no helper above does. */
  | { readonly at: number; readonly do: 'send'; readonly xml: string };

export interface XmppScenario extends ScenarioBase {
  readonly model: 'xmpp';
  readonly servers: readonly {
    readonly domain: string;
    readonly components?: readonly {
      readonly domain: string;
      readonly service: 'muc';
      readonly rooms?: readonly { readonly name: string; readonly owner: string; readonly title?: string; readonly subject?: string }[];
    }[];
  }[];
  readonly clients: readonly { readonly jid: string; readonly acts: readonly ClientAct[] }[];
  /** One-way latencies in ticks (µs). A parameter of the same name, where the scenario declares one, wins. */
  readonly latency: { readonly client: number; readonly federation: number; readonly component: number };
  /** The message (by its id) whose copies the `reached` curve counts. */
  readonly follow?: { readonly id: string; readonly title: string } | undefined;
}

export type Scenario = GossipScenario | XmppScenario;
