/** As much of @xmpp/client as the tests use; it brings no types of its own. */
declare module '@xmpp/client' {
  export interface XmlElement {
    readonly name: string;
    readonly attrs: Readonly<Record<string, string>>;
    is(name: string, xmlns?: string): boolean;
    getChild(name: string, xmlns?: string): XmlElement | undefined;
    getChildren(name: string, xmlns?: string): XmlElement[];
    getChildText(name: string, xmlns?: string): string | null;
    toString(): string;
  }
  export interface Client {
    readonly jid: { toString(): string };
    readonly status: string;
    readonly iqCaller: { get(element: XmlElement, to?: string): Promise<XmlElement>; request(stanza: XmlElement): Promise<XmlElement> };
    readonly reconnect: { delay: number; stop(): void };
    readonly streamManagement: { readonly id: string; readonly enabled: boolean; on(event: string, listener: () => void): void };
    on(event: 'stanza', listener: (stanza: XmlElement) => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    on(event: 'status', listener: (status: string) => void): void;
    start(): Promise<unknown>;
    stop(): Promise<unknown>;
    send(stanza: XmlElement): Promise<void>;
  }
  export function client(options: {
    readonly service: string;
    readonly domain?: string;
    readonly resource?: string;
    readonly username?: string;
    readonly password?: string;
  }): Client;
  export function xml(name: string, attrs?: Readonly<Record<string, string>> | string, ...children: (XmlElement | string)[]): XmlElement;
}
