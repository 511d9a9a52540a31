/** Namespaces by the names that specifications use for them. */
export const NS = {
  client: 'jabber:client',
  server: 'jabber:server',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  delay: 'urn:xmpp:delay',
  discoInfo: 'http://jabber.org/protocol/disco#info',
  discoItems: 'http://jabber.org/protocol/disco#items',
  muc: 'http://jabber.org/protocol/muc',
  mucUser: 'http://jabber.org/protocol/muc#user',
  occupantId: 'urn:xmpp:occupant-id:0',
  ping: 'urn:xmpp:ping',
  vcard: 'vcard-temp',
  vcardUpdate: 'vcard-temp:x:update',
} as const;
