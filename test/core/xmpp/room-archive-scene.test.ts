/** The scene of what a room keeps, seen from those who are in it. */
import { expect, test } from 'vitest';
import type { Element } from '../../../src/base/xml/element.ts';
import { serialize } from '../../../src/base/xml/codec.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import { roomArchive } from '../../../src/scenarios/xmpp/room-archive.ts';
import { stanzasOf } from '../../support/scenes.ts';

const run = new Run(createWorld({ scenario: roomArchive }, undefined)).finish();
const { entities } = run.world.stage;
const at = (jid: string): readonly string[] =>
  (stanzasOf(run) as readonly Element[]).flatMap((stanza, id) =>
    entities.jid[run.journal.messages.to.get(id)] === jid ? [serialize(stanza, 'jabber:client')] : [],
  );

test('who comes late is not sent what was taken back, and finds its tombstone in the archive', () => {
  const got = at('alice@realworld.lit/jury');
  expect(got.filter((xml) => xml.includes('I never wrote it'))).toEqual([]);
  expect(got.filter((xml) => xml.includes('<delay') && xml.includes('Silence in the court!')).length).toBeGreaterThan(0);
  const kept = got.filter((xml) => xml.includes('<result'));
  expect(kept).toHaveLength(2);
  expect(kept[1]).toMatch(/from='court@rooms\.wonderland\.lit\/Knave'.*<retracted [^>]*by='court@rooms\.wonderland\.lit\/Queen'[^>]*\/>/);
});

test('who was there is told that it was taken back', () => {
  for (const jid of ['knave@wonderland.lit/dock', 'gryphon@realworld.lit/shore'])
    expect(at(jid).filter((xml) => xml.includes('<retract ') && xml.includes('<moderated '))).toHaveLength(1);
});

test('of the bomb three come through, and the rest comes back', () => {
  expect(at('queen@wonderland.lit/throne').filter((xml) => xml.includes('Hjckrrh!'))).toHaveLength(3);
  expect(at('gryphon@realworld.lit/shore').filter((xml) => xml.includes('<policy-violation'))).toHaveLength(5);
});
