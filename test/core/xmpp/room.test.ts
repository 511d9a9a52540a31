import { expect, test } from 'vitest';
import { affiliationOf, newRoom, type Room } from '../../../src/core/xmpp/modules/muc/room.ts';

test('an address that is called like a property of every object has no affiliation by that', () => {
  const room = newRoom('r@s', 'a@b', 0);
  expect(affiliationOf(room, 'a@b')).toBe('owner');
  expect(affiliationOf(room, 'constructor')).toBe('none');
});

test('XEP-0045 §9.1: a domain that is banned bans its users, but for those who are somebody themselves', () => {
  const room: Room = { ...newRoom('r@s', 'a@b', 0), affiliations: { 'a@b': 'owner', b: 'outcast', c: 'member' } };
  expect(['a@b', 'x@b', 'b', 'x@c'].map((who) => affiliationOf(room, who))).toEqual(['owner', 'outcast', 'outcast', 'none']);
});
