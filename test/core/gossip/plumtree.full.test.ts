/** Plumtree over HyParView with 10⁴ nodes, as its paper was evaluated (Leitão, Pereira and Rodrigues, SRDS 2007, section 4), and with churn. */
import { expect, test } from 'vitest';
import { broadcasts, total, type Broadcast } from './plumtree-broadcasts.ts';

const nodes = 10_000;
/** Share of the live nodes that the overlay does not connect with the others, over all broadcasts. */
const apartOf = (all: readonly Broadcast[]): number => mean(all.map(({ apart, live }) => apart / live));
const missedOf = (all: readonly Broadcast[]): number => mean(all.map(({ missed, live }) => missed / live));
const mean = (values: readonly number[]): number => total(values) / values.length;

test('in steady state everybody is reached by one copy: redundancy falls from that of a flood to 0', () => {
  const [first, ...later] = broadcasts(12, 5000, { nodes, ihaveTimer: 1500 });
  expect(first!.rmr).toBeGreaterThan(2.5);
  expect(total([first!, ...later].map(({ missed }) => missed))).toBe(0);
  expect(apartOf([first!, ...later])).toBeLessThan(0.0005);
  expect(mean(later.map(({ rmr }) => rmr))).toBeLessThan(0.01);
  expect(mean(later.slice(-4).map(({ rmr }) => rmr))).toBeLessThan(0.005);
});

test('with churn whoever stays is reached all the same; redundancy is what the new links cost, in proportion to the churn', () => {
  const [calm, rough] = [0.0005, 0.002].map((churn) => broadcasts(12, 5000, { nodes, ihaveTimer: 1500, churn, downtime: 3 }));
  for (const all of [calm!, rough!]) {
    expect(missedOf(all)).toBeLessThan(1e-4);
    expect(apartOf(all)).toBeLessThan(0.005);
  }
  const [low, high] = [calm!, rough!].map((all) => mean(all.slice(4).map(({ rmr }) => rmr)));
  expect(low!).toBeLessThan(0.06);
  expect(high!).toBeLessThan(0.25);
  expect(high! / low!).toBeGreaterThan(2);
});

test.each([0.3, 0.6, 0.8])('after %d of all nodes crashed, with churn besides, all live nodes get later updates', (crash) => {
  const all = broadcasts(14, 5000, { nodes, ihaveTimer: 1500, churn: 0.0005, downtime: 3, crash, crashAt: 13 });
  // Two periods after the crash comes the fourth broadcast.
  const after = all.slice(3);
  expect(after[0]!.live).toBeLessThan(1.01 * nodes * (1 - crash));
  expect(missedOf(after.slice(1))).toBeLessThan(1e-4);
  expect(apartOf(after.slice(1))).toBeLessThan(0.005);
  expect(mean(after.slice(-4).map(({ rmr }) => rmr))).toBeLessThan(0.3);
});
