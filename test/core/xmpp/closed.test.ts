/** A client whose connection is gone. RFC 6120 §4.4. */
import { expect, test } from 'vitest';
import { el } from '../../../src/base/xml/element.ts';
import type { Host } from '../../../src/core/kernel/model.ts';
import { rule } from '../../../src/core/xmpp/module.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { RESET } from '../../../src/core/xmpp/wire.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import { threeDevices } from '../../../src/scenarios/xmpp/three-devices.ts';

test('what a client goes on with by itself is not written on a closed connection, and this is said', () => {
  const model = createXmppWorld(threeDevices, {});
  const { entities, links } = model.stage;
  const client = entities.jid.findIndex((jid) => jid.includes('/'));
  const up = links.from.indexOf(client);
  const sent: string[] = [];
  const silences: string[] = [];
  const host: Host = {
    tick: 0,
    send: ({ stanza }) => sent.push(stanza.attrs['id'] ?? ''),
    timer: () => undefined,
    silence: (_entity, why) => void silences.push(why),
    show: () => undefined,
    showLink: () => undefined,
    reached: () => undefined,
  };
  const why = rule('test/1/says', 'the test §1', 'It says something.');
  const say = (id: string): void => model.contextOf(host, client).originate(el('message', NS.client, { to: 'somebody@example', id }), why);

  say('before');
  expect(sent).toEqual(['before']);
  model.arrive(host, { id: 0, from: links.to[up]!, to: client, link: links.to.indexOf(client), kind: 0, stanza: RESET });
  say('after');
  expect(sent).toEqual(['before']);
  expect(silences).toEqual(['rfc-6120/4.4/write-after-close']);
});
