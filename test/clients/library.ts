/** What the tests have each client library do, whatever it calls it. */
import { vi } from 'vitest';
import type { Outside } from '../support/memory-websocket.ts';

export interface Who {
  readonly service: string;
  readonly name: string;
  readonly domain: string;
  readonly password: string;
  readonly resource: string;
}

export interface Library {
  readonly name: string;
  /** Rejects where the server does not let it in. */
  login(outside: Outside, who: Who): Promise<Session>;
}

export interface Session {
  /** The address that was bound. */
  jid(): string;
  roster(): Promise<readonly { readonly jid: string; readonly subscription: string; readonly name: string }[]>;
  available(): void;
  say(to: string, body: string): void;
  /** What came, in order. */
  readonly messages: readonly { readonly from: string; readonly body: string }[];
  readonly presences: readonly { readonly from: string; readonly type: string }[];
  /** Of rooms: who was kicked (status 307) by their occupant's address, and subjects as they came. */
  readonly kicked: readonly string[];
  readonly subjects: readonly { readonly from: string; readonly text: string }[];
  join(room: string, nick: string): Promise<void>;
  speak(room: string, body: string): void;
  setSubject(room: string, text: string): void;
  kick(room: string, nick: string): Promise<void>;
  /** Of PubSub: what it was told by events. */
  readonly events: readonly { readonly node: string; readonly id: string }[];
  createNode(service: string, node: string): Promise<void>;
  subscribe(service: string, node: string): Promise<void>;
  /** An item with a tune of that title. */
  publish(service: string, node: string, id: string, title: string): Promise<void>;
  features(of: string): Promise<readonly string[]>;
  ping(to: string): Promise<void>;
  leave(): Promise<void>;
  /** Its stream is managed; after its connection was cut, it has come back by resumption. */
  managed(): boolean;
  comeBack(): Promise<void>;
}

/** Machines under load are slow; nothing here takes long by itself. */
export const until = (holds: () => void): Promise<void> => vi.waitFor(holds, { timeout: 20_000, interval: 10 });
