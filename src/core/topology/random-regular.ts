/**
 * Every node has the same degree, otherwise by chance. The pairing model (Bollobás, European Journal of Combinatorics 1,
 * 1980): each node has as many stubs as its degree, and all stubs are paired at random. Loops and double edges, about
 * (degree² − 1) / 4 of them, are then repaired by switching: the ends of a faulty edge and of an edge chosen at random are
 * exchanged where that makes no new fault (McKay and Wormald, Journal of Algorithms 11, 1990, use it likewise). So the draw
 * is uniform but for the repair, whose part vanishes as the graph grows; theirs, which is exact, rejects some switches.
 * Above half of all possible links, the links that are missing are drawn instead.
 */
import { InputError } from '../../base/result.ts';
import { derive } from '../kernel/random.ts';
import { Chance } from './chance.ts';
import { checkLinks, Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const randomRegular = defineTopology({
  id: 'random-regular',
  title: 'Random regular',
  summary: 'Everyone knows equally many, chosen by chance',
  params: {
    nodes: nodesParam(2),
    degree: { type: 'int', min: 1, max: 10_000, default: 4, help: 'links of each node; nodes × degree must be even' },
    latency: latencyParam,
  },
  generate(params, seed) {
    const where = 'topology/random-regular';
    const n = params['nodes'] as number;
    const degree = params['degree'] as number;
    if (degree > n - 1) throw new InputError(`${where}: \`degree\` must be at most nodes - 1 = ${n - 1}, got ${degree}`);
    if ((n * degree) % 2 !== 0)
      throw new InputError({
        message: `${where}: nodes × degree must be even, got ${n} × ${degree}: each link has two ends`,
        hint: `Take ${n + 1} nodes or degree ${degree === n - 1 ? degree - 1 : degree + 1}.`,
      });
    checkLinks(where, n * degree, `${n} nodes of degree ${degree}`);
    const chance = new Chance(derive(seed, 'topology'));
    const dense = degree > (n - 1) / 2;
    const drawn = dense ? n - 1 - degree : degree;
    let partner = paired(n * drawn, chance);
    while (!repaired(partner, drawn, chance)) partner = paired(n * drawn, chance);
    const edges = new Edges((n * degree) / 2);
    if (dense) missing(partner, n, drawn, edges);
    else for (let s = 0; s < partner.length; s++) if (s < partner[s]!) edges.add(Math.floor(s / drawn), Math.floor(partner[s]! / drawn));
    return undirected(where, params, seed, { nodes: n, edges });
  },
});

/** The stub that each stub is joined to; stub s is one of node ⌊s / degree⌋. */
function paired(stubs: number, chance: Chance): Uint32Array {
  const order = new Uint32Array(stubs).map((_, s) => s);
  const partner = new Uint32Array(stubs);
  for (let s = stubs - 1; s > 0; s--) {
    const other = chance.below(s + 1);
    [order[s], order[other]] = [order[other]!, order[s]!];
  }
  for (let s = 0; s < stubs; s += 2) {
    partner[order[s]!] = order[s + 1]!;
    partner[order[s + 1]!] = order[s]!;
  }
  return partner;
}

/** False where no switch was found in a long time, as can be in tiny graphs: then all is drawn anew. */
function repaired(partner: Uint32Array, degree: number, chance: Chance): boolean {
  const owner = (stub: number): number => Math.floor(stub / degree);
  /** Edges from u to v, of them those of stubs before `end`. */
  const linked = (u: number, v: number, end = (u + 1) * degree): boolean => {
    for (let s = u * degree; s < end; s++) if (owner(partner[s]!) === v) return true;
    return false;
  };
  const faulty = (stub: number): boolean => {
    const [u, v] = [owner(stub), owner(partner[stub]!)];
    return u === v || linked(u, v, stub);
  };
  const wrong: number[] = [];
  for (let stub = 0; stub < partner.length; stub++) if (faulty(stub)) wrong.push(stub);
  for (const stub of wrong)
    for (let tries = 0; faulty(stub); tries++) {
      if (tries > 1000 + partner.length) return false;
      const end = partner[stub]!;
      const other = chance.below(partner.length);
      const far = partner[other]!;
      const [a, b, c, d] = [owner(stub), owner(end), owner(other), owner(far)];
      if (other === stub || other === end || a === c || b === d || linked(a, c) || linked(b, d)) continue;
      // Both new edges between the same two nodes would be a double edge.
      if (a === d && b === c) continue;
      partner[stub] = other;
      partner[other] = stub;
      partner[end] = far;
      partner[far] = end;
    }
  return true;
}

/** Every pair of nodes that is not joined. */
function missing(partner: Uint32Array, n: number, degree: number, edges: Edges): void {
  const joined = new Int32Array(n).fill(-1);
  for (let u = 0; u < n; u++) {
    for (let s = u * degree; s < (u + 1) * degree; s++) joined[Math.floor(partner[s]! / degree)] = u;
    for (let v = u + 1; v < n; v++) if (joined[v] !== u) edges.add(u, v);
  }
}
