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

/** How a client logs in by itself: RFC 6120 §§4–7 from the header to the bound resource. */
export interface Login {
  /** The resource to ask for; default that of the client's address, and where it has none the server makes one. */
  readonly resource?: string | undefined;
  readonly mechanism?: 'PLAIN' | 'SCRAM-SHA-1' | 'SCRAM-SHA-256' | 'ANONYMOUS' | undefined;
  /** Where it is not the account's own. */
  readonly password?: string | undefined;
  /** Where the server offers it: authenticate and bind in one step (XEP-0388, XEP-0386), without a restart of the stream. */
  readonly sasl2?: boolean | undefined;
  /** Ask for the old session (RFC 3921) too. */
  readonly session?: boolean | undefined;
  /** Then enable stream management (XEP-0198). */
  readonly manage?: boolean | undefined;
  /** Resume the session that was lost, if it was managed, in place of binding. */
  readonly resume?: boolean | undefined;
  /** Then ask for the roster. */
  readonly roster?: boolean | undefined;
  /** Then send this presence; empty: the plain one. */
  readonly presence?: string | undefined;
}

/** What a client does, in order; `at` is in ticks from the beginning. */
export type ClientAct = { readonly at: number } & (
  | { readonly do: 'presence'; readonly show?: string; readonly status?: string }
  | { readonly do: 'join'; readonly room: string; readonly nick: string }
  | { readonly do: 'say'; readonly room: string; readonly body: string; readonly id: string }
  | { readonly do: 'leave'; readonly room: string; readonly nick: string; readonly status?: string }
  /** Any stanza, as XML: a script may do what no helper above does. With the templates of `type`. */
  | { readonly do: 'send'; readonly xml: string }
  | ({ readonly do: 'connect' } & Login)
  /** The connection alone, nothing on it. */
  | { readonly do: 'open' }
  /** A stream's header: the usual one, or this text. */
  | { readonly do: 'header'; readonly text?: string | undefined }
  /** SASL SCRAM from its first message to the last. */
  | {
      readonly do: 'scram';
      readonly mechanism?: Login['mechanism'];
      readonly user?: string;
      readonly password?: string;
      readonly nonce?: string;
    }
  /** The TLS handshake itself, after the server has said `proceed`. */
  | { readonly do: 'tls' }
  /** Any text, well-formed or not. Templates: `{{full:NAME}}`, `{{repeat:TEXT:N}}`, `{{b64:TEXT}}`, `{{NAME}}` of something saved. */
  | { readonly do: 'type'; readonly text: string }
  /** Keep group 1 of the pattern, in the latest of what came that it fits, as a variable. */
  | { readonly do: 'save'; readonly pattern: string; readonly variable: string }
  /** The stream's end, in good order. */
  | { readonly do: 'close' }
  /** The connection is gone without a word: closed, or reset. */
  | { readonly do: 'kill' | 'reset' }
);
/** A server goes down in good order, or without a word, and comes up again with what it had stored. */
export type ServerAct = { readonly at: number; readonly do: 'stop' | 'crash' | 'start' };

export interface Account {
  readonly name: string;
  readonly password: string;
}

/** A contact in the roster of an account of this server: RFC 6121 §2.1.2. */
export interface RosterEntry {
  /** Name of the account. */
  readonly account: string;
  /** Bare address. */
  readonly contact: string;
  readonly subscription: 'none' | 'to' | 'from' | 'both';
  readonly name?: string | undefined;
  readonly groups?: readonly string[] | undefined;
}

export interface RoomOfScenario {
  readonly name: string;
  /** Bare address. */
  readonly owner: string;
  readonly title?: string | undefined;
  readonly subject?: string | undefined;
  /** How many messages the room keeps; default 20. */
  readonly history?: number | undefined;
  /** XEP-0289: it joins the room `with` when somebody joins it, and lets itself be joined by those that it accepts: rooms, domains. */
  readonly federation?:
    | {
        readonly with?: string | undefined;
        /** Of the whole set of rooms. A parameter `mode` of the scenario, where it declares one, wins. */
        readonly mode: 'primary-primary' | 'primary-replica';
        readonly accepts?: 'anyone' | readonly string[] | undefined;
      }
    | undefined;
}

/** The network between two servers, and so between their services, is cut, or mended. */
export interface NetworkAct {
  readonly at: number;
  readonly do: 'cut' | 'mend';
  /** Domains of two servers. */
  readonly between: readonly [string, string];
}

export interface XmppScenario extends ScenarioBase {
  readonly model: 'xmpp';
  /** Whom the servers follow where real ones and the specifications differ; default `prosody`. */
  readonly profile?: 'prosody' | 'rfc' | undefined;
  /** Streams that are `down` come up when they are needed, step by step; default `up`. */
  readonly streams?: { readonly clients?: 'up' | 'down' | undefined; readonly servers?: 'up' | 'down' | undefined } | undefined;
  readonly servers: readonly {
    readonly domain: string;
    /** Where it lists none, there is one for each client of the scenario, with the password `pw-` and its name. */
    readonly accounts?: readonly Account[] | undefined;
    /** What the rosters of its accounts hold at the beginning. */
    readonly rosters?: readonly RosterEntry[] | undefined;
    /** Whether TLS is offered. */
    readonly tls?: boolean | undefined;
    /** SASL mechanisms that are offered; default SCRAM-SHA-1 and PLAIN. */
    readonly mechanisms?: readonly string[] | undefined;
    /** Ids of modules that are loaded beside those that always are. */
    readonly modules?: readonly string[] | undefined;
    readonly acts?: readonly ServerAct[] | undefined;
    /** Bare addresses of those to whom it offers the commands of admins (XEP-0133). */
    readonly admins?: readonly string[] | undefined;
    readonly components?: readonly {
      readonly domain: string;
      readonly service: 'muc' | 'mix' | 'pubsub' | 'upload';
      readonly title?: string | undefined;
      /** Makes it an external service (XEP-0114), which connects to its server and proves itself with this. */
      readonly secret?: string | undefined;
      /** Bare addresses of those who may do everything at a PubSub service: the only ones who may create nodes. */
      readonly admins?: readonly string[] | undefined;
      /** Of a MIX service: its channels; what is said of them as a subject is their description. */
      readonly rooms?: readonly RoomOfScenario[] | undefined;
    }[];
  }[];
  /** Links between servers that are cut and mended, in order of time. */
  readonly network?: readonly NetworkAct[] | undefined;
  /** Domains that the name service knows, and where nobody listens. */
  readonly refusing?: readonly string[] | undefined;
  readonly clients: readonly {
    /** Full address where streams are up; else the account is enough. */
    readonly jid: string;
    /** How it is called where the address does not tell it from others. */
    readonly name?: string | undefined;
    readonly transport?: 'tcp' | 'websocket' | undefined;
    /** It does only what its acts say, and answers nothing by itself. */
    readonly passive?: boolean | undefined;
    /** What it does by itself beside logging in and answering: ids of agents, such as `echo`. */
    readonly agents?: readonly string[] | undefined;
    readonly acts: readonly ClientAct[];
  }[];
  /** One-way latencies in ticks (µs). A parameter of the same name, where the scenario declares one, wins. */
  readonly latency: { readonly client: number; readonly federation: number; readonly component: number };
  /** The message (by its id) whose copies the `reached` curve counts. */
  readonly follow?: { readonly id: string; readonly title: string } | undefined;
}

/** A group that talks; its parameters say by which way, and `core/simulation/ways` makes the world. */
export interface GroupScenario extends ScenarioBase {
  readonly model: 'group';
  /** What is carried by one way or another: talk in a room (absent), news for subscribers, what a person listens to. `core/simulation/told` makes the latter two. */
  readonly about?: 'news' | 'tunes' | undefined;
}

export type Scenario = GossipScenario | XmppScenario | GroupScenario;
