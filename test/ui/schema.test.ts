import { expect, test } from 'vitest';
import { catalogue } from '../../src/core/simulation/catalogue.ts';
import { gossipSchema, valuesFor } from '../../src/ui/client/schema.ts';
import { matters, summaryOf } from '../../src/ui/shared/summary.ts';

const all = catalogue();
const sceneOf = (algorithm: string, topology: string, changed: Record<string, number | string>) => {
  const params = gossipSchema(all, algorithm, topology, String(changed['membership'] ?? ''));
  const defaults = Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));
  return { params, values: { ...defaults, ...changed } } as Parameters<typeof valuesFor>[1];
};

test('another topology keeps the weather and the algorithm’s values, and its own where it has them too', () => {
  const scene = sceneOf('rumour', 'watts-strogatz', { k: 7, loss: 0.1, nodes: 50, rewire: 0.4 });
  expect(valuesFor(all, scene, 'rumour', 'complete')).toEqual({ k: 7, loss: 0.1, nodes: 50 });
});

test('another algorithm keeps graph and weather, but not what it cannot do', () => {
  const scene = sceneOf('rumour', 'complete', { nodes: 50, updates: 3, loss: 0.1 });
  const values = valuesFor(all, scene, 'uniform', 'complete');
  expect(values).toMatchObject({ nodes: 50, loss: 0.1 });
  const many = all.algorithms.find(({ id }) => id === 'uniform')!.many;
  expect('updates' in values).toBe(many);
});

test('a parameter without effect is left out, and the weather reads in one line', () => {
  const { params, values } = sceneOf('rumour', 'complete', { loss: 0.1, updates: 3 });
  expect(matters('crashAt', params, values)).toBe(false);
  expect(matters('updateEvery', params, values)).toBe(true);
  expect(summaryOf(all.conditions, values)).toBe('updates 3, loss 10 %');
});
