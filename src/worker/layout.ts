/** Lays a graph out by ForceAtlas2 (Jacomy et al., PLoS ONE 9(6), 2014), off the page's thread, and shows how far it is. Thrown away to stop it. */
import iterate from 'graphology-layout-forceatlas2/iterate.js';
import type { LayoutReply, LayoutRequest } from '../protocol/layout.ts';

declare const self: {
  onmessage: ((event: MessageEvent<LayoutRequest>) => void) | null;
  postMessage(message: LayoutReply, transfer: Transferable[]): void;
};

/** Between two pictures. */
const SHOW_MS = 300;
const PER_NODE = 10;
const PER_LINK = 3;

self.onmessage = ({ data: { from, to, x, y, iterations } }) => {
  const n = x.length;
  const nodes = new Float32Array(n * PER_NODE);
  for (let i = 0; i < n; i++) nodes.set([x[i]!, y[i]!, 0, 0, 0, 0, 1, 1, 1, 0], i * PER_NODE);
  const links = new Float32Array(from.length * PER_LINK);
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [from[i]! * PER_NODE, to[i]! * PER_NODE];
    links.set([a, b, 1], i * PER_LINK);
    nodes[a + 6]!++;
    nodes[b + 6]!++;
  }
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 0,
    scalingRatio: 10,
    strongGravityMode: true,
    gravity: 0.05,
    slowDown: 1 + Math.log(n),
    barnesHutOptimize: n > 500,
    barnesHutTheta: 0.7,
  };
  const show = (done: boolean) => {
    const reply = { x: Float32Array.from({ length: n }, (_, i) => nodes[i * PER_NODE]!), y: new Float32Array(n), done };
    for (let i = 0; i < n; i++) reply.y[i] = nodes[i * PER_NODE + 1]!;
    self.postMessage(reply, [reply.x.buffer, reply.y.buffer]);
  };
  let shown = performance.now();
  for (let k = 1; k <= iterations; k++) {
    iterate(settings, nodes, links);
    if (k < iterations && performance.now() - shown < SHOW_MS) continue;
    shown = performance.now();
    show(k === iterations);
  }
};
