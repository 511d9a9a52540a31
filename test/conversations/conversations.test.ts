import { expect, test } from 'vitest';
import { parseXml, serialize } from '../../src/base/xml/codec.ts';
import type { Element } from '../../src/base/xml/element.ts';
import { play } from '../core/xmpp/host.ts';
import { conversations, STEP } from './read.ts';

const EVENT = 'http://jabber.org/protocol/pubsub#event';
/** Attributes in any order; an occupant id, and the id of an event's message, is of no meaning to a reader, so `…` stands for any. */
function canonical(e: Element): Element {
  const attrs = Object.fromEntries(Object.entries(e.attrs).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (e.name === 'occupant-id' || e.children.some((c) => typeof c !== 'string' && c.ns === EVENT && c.name === 'event')) attrs['id'] = '…';
  return { ...e, attrs, children: e.children.map((c) => (typeof c === 'string' ? c : canonical(c))) };
}
const shown = (e: Element): string => serialize(canonical(e), 'jabber:client');

const all = conversations();

test('there are conversations', () => expect(all.length).toBeGreaterThan(4));

test.each(all.map((c) => [c.name, c] as const))('%s', (name, conversation) => {
  const { sent, silences } = play(conversation.scenario);
  const clients = conversation.scenario.clients.map((c) => c.jid);
  conversation.steps.forEach(({ line, received, silences: expected }, i) => {
    const inStep = (tick: number): boolean => Math.floor(tick / STEP) === i + 1;
    for (const client of clients) {
      const ours = sent.filter((r) => r.to === client && inStep(r.tick)).map((r) => shown(r.stanza));
      const wanted = (received.get(client) ?? []).map((xml) => shown(parseXml(xml, 'jabber:client')));
      expect(ours, `${name}:${line}: ${client}`).toEqual(wanted);
    }
    expect(
      silences.filter((s) => inStep(s.tick)).map((s) => `${s.rule} ${s.entity}`),
      `${name}:${line}: silences`,
    ).toEqual(expected);
  });
});
