/** The client's side of personal eventing: XEP-0163 §4.2, XEP-0115 §4, §6.2, seen in the scene that shows it. */
import { expect, test } from 'vitest';
import { child, elements, type Element } from '../../../src/base/xml/element.ts';
import { parseXml } from '../../../src/base/xml/codec.ts';
import { KINDS } from '../../../src/core/xmpp/agents/kinds.ts';
import { capsHash } from '../../../src/core/xmpp/modules/xep0115.ts';
import { PUBSUB_EVENT } from '../../../src/core/xmpp/modules/pubsub/model.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { createWorld } from '../../../src/core/simulation/scenario.ts';
import { personalEvents } from '../../../src/scenarios/xmpp/personal-events.ts';
import { stanzasOf } from '../../support/scenes.ts';

const run = new Run(createWorld({ scenario: personalEvents }, undefined)).finish();
const { entities } = run.world.stage;
const nameOf = (entity: number): string => entities.jid[entity]!;
const { from, to, rule } = run.journal.messages;
const stanzas = stanzasOf(run) as readonly Element[];

/** The last word of each node's name that a client was sent events of, with how many. */
function eventsTo(jid: string): Record<string, number> {
  const found: Record<string, number> = {};
  stanzas.forEach((stanza, id) => {
    if (nameOf(to.get(id)) !== jid || stanza.name !== 'message') return;
    const items = elements(child(stanza, 'event', PUBSUB_EVENT) ?? stanza).find((c) => c.name === 'items');
    const kind = KINDS.find(({ ns }) => ns === items?.attrs['node'])?.id;
    if (kind !== undefined) found[kind] = (found[kind] ?? 0) + 1;
  });
  return found;
}
const toldOf = (jid: string): readonly (readonly string[])[] => {
  const parts = run.at(run.journal.eventCount).inspectEntity(entities.jid.indexOf(jid));
  const table = parts.find((part) => part.key === 'told');
  return table?.type === 'table' ? table.rows.map((row) => row.cells.map(({ text }) => text)) : [];
};

test('XEP-0163 §4.2: each client is told of just what its +notify asks for', () => {
  expect(eventsTo('madhatter@wonderland.lit/hat')).toEqual({ tune: 2, mood: 1 });
  expect(eventsTo('whiterabbit@wonderland.lit/watch')).toEqual({ activity: 1, location: 1, avatar: 1, nickname: 1 });
  expect(eventsTo('alice@wonderland.lit/phone')).toEqual({ nickname: 1, bookmarks: 1 });
});

test('XEP-0163 §4.3.4: who comes late is told the last; a stranger is told nothing', () => {
  expect(eventsTo('cat@realworld.lit/tree')).toEqual({ tune: 2 });
  expect(toldOf('cat@realworld.lit/tree')).toEqual([['alice@wonderland.lit', 'Tune', 'Twinkle, Twinkle, Little Bat', 'an event']]);
  expect(eventsTo('queen@wonderland.lit/court')).toEqual({});
});

test('what stands in presence goes to all contacts, and who never asked for it says so', () => {
  const { events } = run.journal;
  const needless: string[] = [];
  for (let row = 0; row < run.journal.eventCount; row++)
    if (run.journal.ruleName(events.rule.get(row)) === 'xep-0163/4.2/told-needlessly') needless.push(nameOf(events.entity.get(row)));
  expect(needless.sort()).toEqual([
    'alice@wonderland.lit/phone',
    'alice@wonderland.lit/tea',
    'cat@realworld.lit/tree',
    'whiterabbit@wonderland.lit/watch',
  ]);
  expect(toldOf('madhatter@wonderland.lit/hat')).toContainEqual(['alice@wonderland.lit', 'Mood', 'sleepy', 'presence']);
});

test('XEP-0115 §5.1, §6.2: the hash in presence is that of the answer, and one answer serves all of one hash', () => {
  const answers = stanzas.filter((_, id) => run.journal.ruleName(rule.get(id)) === 'xep-0115/6.2/answer');
  const asked = stanzas.filter(
    (_, id) => run.journal.ruleName(rule.get(id)) === 'xep-0115/6.2/ask' && nameOf(from.get(id)).indexOf('@') < 0,
  );
  expect(answers.length).toBeGreaterThan(0);
  expect(asked.length).toBeGreaterThanOrEqual(answers.length);
  for (const stanza of answers) {
    const query = child(stanza, 'query', 'http://jabber.org/protocol/disco#info')!;
    expect(query.attrs['node']).toBe(`https://stanzascope.example/#${capsHash(query)}`);
  }
});

test.each([
  ['tune', "<tune xmlns='http://jabber.org/protocol/tune'><artist>A</artist><title>T</title></tune>", 'T, by A'],
  ['tune', "<tune xmlns='http://jabber.org/protocol/tune'/>", ''],
  ['mood', "<mood xmlns='http://jabber.org/protocol/mood'><text>so</text><in_love/></mood>", 'in love, “so”'],
  ['mood', "<mood xmlns='http://jabber.org/protocol/mood'/>", ''],
  ['activity', "<activity xmlns='http://jabber.org/protocol/activity'><relaxing><reading/></relaxing></activity>", 'relaxing: reading'],
  ['location', "<geoloc xmlns='http://jabber.org/protocol/geoloc'><lat>1</lat><locality>X</locality></geoloc>", 'X, 1'],
  ['avatar', "<metadata xmlns='urn:xmpp:avatar:metadata'><info id='i' bytes='5' type='image/png'/></metadata>", 'image/png, 5 bytes'],
  ['avatar', "<metadata xmlns='urn:xmpp:avatar:metadata'/>", ''],
  ['nickname', "<nick xmlns='http://jabber.org/protocol/nick'>N</nick>", 'N'],
  ['bookmarks', "<conference xmlns='urn:xmpp:bookmarks:1'><nick>N</nick></conference>", 'item, as N'],
])('%s: %s is read as “%s”', (id, xml, words) => {
  expect(KINDS.find((kind) => kind.id === id)!.describe(parseXml(xml), 'item')).toBe(words);
});
