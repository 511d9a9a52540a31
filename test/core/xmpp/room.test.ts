import { expect, test } from 'vitest';
import { affiliationOf, type Room } from '../../../src/core/xmpp/modules/muc/room.ts';

test('an address that is called like a property of every object has no affiliation by that', () => {
  const room: Room = { jid: 'r@s', title: '', affiliations: { 'a@b': 'owner' }, occupants: [], history: [], subject: null };
  expect(affiliationOf(room, 'a@b')).toBe('owner');
  expect(affiliationOf(room, 'constructor')).toBe('none');
});
