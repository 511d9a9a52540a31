/** XEP-0084 User Avatar 1.1.4 (2019-09-28, https://xmpp.org/extensions/xep-0084.html) §4: the two nodes of an account, and what the one says of the other. Publishing and telling are XEP-0163's. */
import { el, type Element } from '../../../base/xml/element.ts';

export const AVATAR_DATA = 'urn:xmpp:avatar:data';
export const AVATAR_METADATA = 'urn:xmpp:avatar:metadata';

/** §4.2. @param id hexadecimal SHA-1 of the picture. */
export const metadataOf = (id: string, bytes: number, type: string | undefined): Element =>
  el('metadata', AVATAR_METADATA, {}, el('info', AVATAR_METADATA, { bytes: String(bytes), id, type }));
