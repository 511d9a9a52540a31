/** The writer alone, without the parser and its DOM; the package has types only for both together. */
declare module 'graphology-gexf/common/writer.js' {
  import type Graph from 'graphology';
  export default function write(graph: Graph, options?: { readonly version?: '1.2' | '1.3' }): string;
}
