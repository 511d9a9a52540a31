export interface StaticServer {
  readonly port: number;
  /** Address of the folder's index.html, ending in `/`. */
  readonly url: string;
  close(): Promise<void>;
}
export function serveFolder(folder: string, options?: { port?: number; prefix?: string }): Promise<StaticServer>;
