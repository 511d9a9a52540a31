/**
 * XEP-0421 Occupant identifiers 1.0.1 (2025-04-09, https://xmpp.org/extensions/xep-0421.html): whoever is behind a nick keeps one identifier in a room.
 * Simplified: real services mix in a secret; here the room's address is the key, so that a run needs nothing but its scenario.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64 } from '../../../base/base64.ts';
import { utf8 } from '../../../base/utf8.ts';
import { append, el, withChildren } from '../../../base/xml/element.ts';
import type { Hook, Module } from '../module.ts';
import { NS } from '../namespaces.ts';

export function occupantId(room: string, bare: string): string {
  return base64(hmac(sha256, utf8(room), utf8(bare)));
}

/** §3.2: the service's own, and never one that a client wrote. */
const stamp = (event: string): Hook => ({
  event,
  run(_context, e) {
    if (e.occupant === undefined) return false;
    const own = e.stanza.children.filter((c) => typeof c === 'string' || c.ns !== NS.occupantId);
    const id = occupantId(e.occupant.room, e.occupant.bare);
    e.stanza = append(withChildren(e.stanza, own), el('occupant-id', NS.occupantId, { id }));
    return false;
  },
});

export const xep0421: Module = {
  id: 'xep-0421',
  title: 'Occupant identifiers',
  spec: 'XEP-0421',
  version: '1.0.1',
  places: ['muc'],
  features: [NS.occupantId],
  rules: {},
  hooks: [stamp('muc-presence'), stamp('muc-message')],
};
