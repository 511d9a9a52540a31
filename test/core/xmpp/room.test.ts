import { expect, test } from 'vitest';
import { affiliationOf, newRoom } from '../../../src/core/xmpp/modules/muc/room.ts';

test('an address that is called like a property of every object has no affiliation by that', () => {
  const room = newRoom('r@s', '', 'a@b');
  expect(affiliationOf(room, 'a@b')).toBe('owner');
  expect(affiliationOf(room, 'constructor')).toBe('none');
});
