/** One step of ForceAtlas2 on flat arrays; the package types only its wrappers for graph objects. */
declare module 'graphology-layout-forceatlas2/iterate.js' {
  interface Settings {
    readonly linLogMode: boolean;
    readonly outboundAttractionDistribution: boolean;
    readonly adjustSizes: boolean;
    readonly edgeWeightInfluence: number;
    readonly scalingRatio: number;
    readonly strongGravityMode: boolean;
    readonly gravity: number;
    readonly slowDown: number;
    readonly barnesHutOptimize: boolean;
    readonly barnesHutTheta: number;
  }
  /** Ten numbers a node (x, y, its two forces before and now, mass, convergence, size, fixed); three a link (offsets of its nodes, weight). */
  export default function iterate(settings: Settings, nodes: Float32Array, links: Float32Array): unknown;
}
