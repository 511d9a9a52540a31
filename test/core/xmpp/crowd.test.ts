import { describe, expect, test } from 'vitest';
import { Kind } from '../../../src/protocol/scene.ts';
import { crowdRun, PARTS, predicted, serverOf, type Crowd } from '../../bench/crowd.ts';

const CROWDS: readonly Crowd[] = [
  { people: 4, servers: 2 },
  { people: 12, servers: 4 },
  { people: 25, servers: 6 },
];

describe.each(CROWDS)('$people people on $servers servers in one room', (crowd) => {
  const { run, play } = crowdRun(crowd);
  const bounds = [0];
  for (const part of PARTS) bounds.push(bounds.at(-1)! + play(part));
  const { people: n } = crowd;
  const dead = Array.from({ length: n }, (_, i) => serverOf(crowd, i)).filter((s) => 2 * s >= crowd.servers).length;

  /** Stanzas of a kind that the room sent in a part, by the rule that made it. */
  function sentByRoom(part: number, kind: number): Record<string, number> {
    const room = run.world.stage.entities.name.indexOf('rooms.server0.example');
    const { from, kind: kinds, rule } = run.journal.messages;
    const found: Record<string, number> = {};
    for (let id = bounds[part]!; id < bounds[part + 1]!; id++) {
      if (from.get(id) !== room || kinds.get(id) !== kind) continue;
      const why = run.journal.ruleName(rule.get(id));
      found[why] = (found[why] ?? 0) + 1;
    }
    return found;
  }

  test.each(PARTS.map((part, i) => [part, i] as const))('%s: as many stanzas as predicted', (part, i) => {
    expect(bounds[i + 1]! - bounds[i]!).toBe(predicted(crowd)[part].stanzas);
  });

  test('XEP-0045 §7.2.2, §7.2.15: presence of k − 1 others, to k − 1 others, the own one, the subject', () => {
    const each = (n * (n - 1)) / 2;
    expect(sentByRoom(0, Kind.presence)).toEqual({
      'xep-0045/7.2.2/occupants': each,
      'xep-0045/7.2.2/joined': each,
      'xep-0045/7.2.2/self': n,
    });
    expect(sentByRoom(0, Kind.message)).toEqual({ 'xep-0045/7.2.15/subject': n });
  });

  test('XEP-0045 §7.4: one message, one copy for each occupant', () => {
    expect(sentByRoom(1, Kind.message)).toEqual({ 'xep-0045/7.4/reflect': n });
    expect(sentByRoom(1, Kind.presence)).toEqual({});
  });

  test('XEP-0045 §7.14: each of the dead is announced to all of the living, once', () => {
    expect(sentByRoom(2, Kind.message)).toEqual({ 'xep-0045/7.4/reflect': n - dead });
    expect(sentByRoom(2, Kind.presence)).toEqual({ 'xep-0045/9/bounced': dead * (n - dead) });
  });
});
