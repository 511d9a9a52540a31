/** The open scene's graph as a file. */
import { expect, test } from 'vitest';
import { exportGraph } from '../../../src/core/simulation/export-graph.ts';
import { gossipScenario } from '../../../src/core/simulation/experiment.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import { formats, readGraph } from '../../../src/core/topology/formats/index.ts';
import type { World } from '../../../src/core/simulation/world.ts';
import { publicFile } from '../../support/scenes.ts';

const worldOf = (id: string, nodes: number): World =>
  createWorld({ scenario: { ...gossipScenario('uniform', { id, params: { nodes } }), id: 'mine' } }, undefined);

test.each(['graphs/complete-20.dot', 'graphs/karate.dot'])('%s opened and saved again, in every format, has the same links', (path) => {
  const graph = readGraph(publicFile(path), path);
  const world = createWorld({ scenario: gossipScenario('uniform', { id: 'file', file: path }) }, graph);
  const lines = ({ names, from, to, length, directed }: typeof graph): string[] =>
    Array.from(from, (u, i) => {
      const ends = [names[u]!, names[to[i]!]!];
      return `${(directed ? ends : ends.sort()).join('>')} ${length[i]}`;
    }).sort();
  for (const { id, extensions, type } of formats) {
    const file = exportGraph(world, id);
    expect(file.name).toBe(path.replace('graphs/', '').replace('dot', extensions[0]!));
    expect(file.type).toBe(type);
    const again = readGraph(file.text, file.name);
    expect([again.directed, again.names]).toEqual([graph.directed, graph.names]);
    expect(lines(again)).toEqual(lines(graph));
  }
});

test('a drawing goes along', () => {
  const { text, name } = exportGraph(worldOf('ring', 8), 'graphml');
  expect(name).toBe('mine.graphml');
  const graph = readGraph(text, name);
  expect(graph.positions).toHaveLength(16);
  expect([graph.directed, graph.from.length]).toEqual([false, 8]);
});

test('a graph with too many links for the page says where it can be exported; an unknown format says what there is', () => {
  expect(() => exportGraph(worldOf('complete', 400), 'dot')).toThrow(/too many links/);
  expect(() => exportGraph(worldOf('ring', 5), 'png')).toThrow(/no graph format "png"/);
});
