/** Sequence diagrams as text and as pictures: everything of the window is in them, and nothing breaks out of its line. */
import { XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { diagramOf } from '../../../src/core/simulation/diagram.ts';
import { sequenceOf } from '../../../src/core/simulation/sequence.ts';
import type { SequenceFormat } from '../../../src/protocol/diagram.ts';
import { finished } from '../../support/scenes.ts';

const run = finished('room-two-servers');
const names = run.world.stage.entities.name;
const lines = Int32Array.from(names, (_, i) => i);
const whole = { axis: 'events' as const, from: 0, to: run.journal.eventCount, lines, names };
const text = (format: SequenceFormat, more: object = {}): string => sequenceOf(run, { ...whole, ...more, format }).text;

test('Mermaid: a participant for each line, an arrow for each stanza, in the order of their ends', () => {
  const out = text('mermaid').split('\n');
  expect(out).toContain('sequenceDiagram');
  expect(out.filter((line) => line.startsWith('  participant'))).toHaveLength(names.length);
  const arrows = out.filter((line) => /^ {2}L\d+(->>|-->>|-x|--\))L\d+: /.test(line));
  const { messages } = diagramOf(run, run.fold.sibling(), { ...whole, first: 0, last: names.length, most: 1e6, columns: 1 });
  expect(arrows).toHaveLength(messages.id.length);
  const first = messages.end.indexOf(Math.min(...messages.end));
  expect(arrows[0]).toMatch(new RegExp(`^  L${messages.from[first]}\\S+L${messages.to[first]}: `));
  expect(arrows.some((line) => line.includes('message: '))).toBe(true);
});

test('Mermaid: signs that end a statement or begin an entity are written as entities', () => {
  const out = text('mermaid', { names: names.map((name) => `${name}; #1\nL0->>L1: forged`) });
  const participants = out.split('\n').filter((line) => line.startsWith('  participant'));
  expect(participants).toHaveLength(names.length);
  expect(participants[0]).toContain('#59; #35;1 L0->>L1: forged');
  expect(out).not.toMatch(/^L0/m);
});

test('lost and refused ones are told apart in both formats', () => {
  const lossy = finished('gossip-laboratory', { params: { loss: 0.3, nodes: 20 } });
  const own = lossy.world.stage.entities.name;
  const args = { axis: 'time' as const, from: 0, to: lossy.tick, names: own, lines: Int32Array.from(own, (_, i) => i) };
  const mermaid = sequenceOf(lossy, { ...args, format: 'mermaid' }).text;
  expect(mermaid).toMatch(/L\d+-xL\d+: .*\(lost\)/);
  expect(sequenceOf(lossy, { ...args, format: 'svg' }).text).toContain('l9 9m0 -9l-9 9');
});

test.each(['time', 'events'] as const)('SVG along the %s is well-formed, and every stanza has its title', (axis) => {
  const to = axis === 'time' ? run.tick : run.journal.eventCount;
  const svg = text('svg', { axis, to });
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg.match(/<g stroke/g)).toHaveLength(run.journal.messageCount);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('hidden lines have none, and what comes from them is a stub', () => {
  const some = lines.map((line) => (line < 2 ? line : -1));
  const svg = text('svg', { lines: some, names: names.slice(0, 2) });
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg).not.toMatch(/NaN/);
  expect(text('mermaid', { lines: some, names: names.slice(0, 2) })).toMatch(/Note over L\d: (to|from) a hidden line/);
});

test('a window of more than can be read is refused with the remedy', () => {
  const large = finished('gossip-laboratory', { params: { nodes: 4000 } });
  const own = large.world.stage.entities.name;
  expect(() =>
    sequenceOf(large, { format: 'svg', axis: 'time', from: 0, to: large.tick, names: own, lines: Int32Array.from(own, (_, i) => i) }),
  ).toThrow(/more than the 5,000/);
});
