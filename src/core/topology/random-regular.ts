/**
 * Every node has the same degree, otherwise by chance. The pairing model (Bollobás, European Journal of Combinatorics 1,
 * 1980): each node has as many stubs as its degree, and all stubs are paired at random. A pairing without loops and double
 * edges is a uniform draw, so that in small graphs all is drawn anew, up to a thousand times, until there is none. Where
 * that fails (about e^((degree² − 1) / 4) draws are needed) or is too much work, the faults, some (degree² − 1) / 4, are
 * repaired by switching: the ends of a faulty edge and of one chosen at random are exchanged where that makes no new fault.
 * The repair makes the draw a little uneven (McKay and Wormald, Journal of Algorithms 11, 1990, reject some switches to
 * be exact, which this does not); its part vanishes as the graph grows. Above half of all possible links, the links that
 * are missing are drawn instead.
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
    const edges = drawn(n, degree, new Chance(derive(seed, 'topology')));
    return undirected(where, params, seed, { nodes: n, edges });
  },
});

/** More stubs than this are not drawn anew in all. */
const REDRAWN_STUBS = 1_000_000;

function drawn(n: number, degree: number, chance: Chance): Edges {
  const dense = degree > (n - 1) / 2;
  const fewer = dense ? n - 1 - degree : degree;
  let partner = paired(n * fewer, chance);
  const draws = Math.min(1000, REDRAWN_STUBS / partner.length);
  for (let draw = 1; draw < draws && !simple(partner, fewer); draw++) partner = paired(n * fewer, chance);
  while (!repaired(partner, fewer, chance)) partner = paired(n * fewer, chance);
  const edges = new Edges((n * degree) / 2);
  if (dense) missing(partner, n, fewer, edges);
  else
    partner.forEach((other, stub) => {
      if (stub < other) edges.add(Math.floor(stub / degree), Math.floor(other / degree));
    });
  return edges;
}

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

const simple = (partner: Uint32Array, degree: number): boolean => partner.every((_, stub) => !faulty(partner, degree, stub));

/** Whether one of the stubs `from` … `end` - 1 is joined to node v. */
function joins(partner: Uint32Array, degree: number, from: number, end: number, v: number): boolean {
  for (let s = from; s < end; s++) if (Math.floor(partner[s]! / degree) === v) return true;
  return false;
}

/** A loop, or an edge between nodes that an earlier stub of the same node joins already. */
function faulty(partner: Uint32Array, degree: number, stub: number): boolean {
  const u = Math.floor(stub / degree);
  const v = Math.floor(partner[stub]! / degree);
  return u === v || joins(partner, degree, u * degree, stub, v);
}

/** False where no switch was found in a long time, as can be in tiny graphs: then all is drawn anew. */
function repaired(partner: Uint32Array, degree: number, chance: Chance): boolean {
  const owner = (stub: number): number => Math.floor(stub / degree);
  const linked = (u: number, v: number): boolean => joins(partner, degree, u * degree, (u + 1) * degree, v);
  const wrong: number[] = [];
  for (let stub = 0; stub < partner.length; stub++) if (faulty(partner, degree, stub)) wrong.push(stub);
  for (const stub of wrong)
    for (let tries = 0; faulty(partner, degree, stub); tries++) {
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
