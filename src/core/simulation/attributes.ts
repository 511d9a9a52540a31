/** The common attributes of a stanza in words. RFC 6120 §8.1: what `to`, `from`, `id`, `type` and `xml:lang` mean on any stanza. */
import type { Element } from '../../base/xml/element.ts';
import type { Field } from '../../protocol/parts.ts';

const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  iq: {
    get: 'asks for information (RFC 6120 §8.2.3)',
    set: 'asks for something to be done (RFC 6120 §8.2.3)',
    result: 'the answer to a get or set (RFC 6120 §8.2.3)',
    error: 'the request failed (RFC 6120 §8.2.3)',
  },
  message: {
    groupchat: 'to everyone in a room (RFC 6121 §5.2.2)',
    chat: 'one to one, part of a conversation (RFC 6121 §5.2.2)',
    normal: 'on its own, outside a conversation (RFC 6121 §5.2.2)',
    headline: 'an alert; no reply is expected (RFC 6121 §5.2.2)',
    error: 'an earlier message failed (RFC 6121 §5.2.2)',
  },
  presence: {
    unavailable: 'no longer available (RFC 6121 §4.5)',
    subscribe: 'wants to see the other’s presence (RFC 6121 §3.1)',
    subscribed: 'allows the other to see its presence (RFC 6121 §3.1)',
    unsubscribe: 'no longer wants to see it (RFC 6121 §3.3)',
    unsubscribed: 'no longer allows it (RFC 6121 §3.2)',
    probe: 'a server asks for someone’s presence (RFC 6121 §4.3)',
    error: 'an earlier presence failed (RFC 6121 §4.7.1)',
  },
};

export function attributeFields(stanza: Element): Field[] {
  const { from, to, id, type } = stanza.attrs;
  const lang = stanza.attrs['xml:lang'];
  const fields: Field[] = [{ key: 'stanza', label: 'stanza', value: stanza.name, help: KIND_HELP[stanza.name] }];
  fields.push({ key: 'type', label: 'type', value: type ?? '(none)', help: typeHelp(stanza.name, type), mono: type !== undefined });
  fields.push({
    key: 'from',
    label: 'from',
    value: from ?? '(none)',
    help: from
      ? `${addressed(from)} (RFC 6120 §8.1.2)`
      : 'the receiver’s own account or its server, or to be stamped by it (RFC 6120 §8.1.2.1)',
    mono: from !== undefined,
  });
  fields.push({
    key: 'to',
    label: 'to',
    value: to ?? '(none)',
    help: to ? `${addressed(to)} (RFC 6120 §8.1.1)` : 'for the server to handle on the sender’s behalf (RFC 6120 §10.3)',
    mono: to !== undefined,
  });
  if (id !== undefined)
    fields.push({ key: 'id', label: 'id', value: id, help: 'lets replies and errors be matched (RFC 6120 §8.1.3)', mono: true });
  if (lang !== undefined)
    fields.push({ key: 'lang', label: 'xml:lang', value: lang, help: 'language of its text for people (RFC 6120 §8.1.5)', mono: true });
  return fields;
}

const KIND_HELP: Readonly<Record<string, string>> = {
  message: 'pushed to somebody, no answer needed (RFC 6120 §8.2.1)',
  presence: 'says who is available (RFC 6120 §8.2.2)',
  iq: 'a request that must be answered, or its answer (RFC 6120 §8.2.3)',
};

function typeHelp(stanza: string, type: string | undefined): string {
  if (type !== undefined) return TYPES[stanza]?.[type] ?? 'not a type that the specification knows for this stanza';
  if (stanza === 'presence') return 'available (RFC 6121 §4.2)';
  return stanza === 'message' ? 'a normal message (RFC 6121 §5.2.2)' : 'missing: an iq needs one';
}

function addressed(jid: string): string {
  const at = jid.indexOf('@');
  const slash = jid.indexOf('/');
  if (at < 0 || (slash >= 0 && slash < at)) return 'a server or service';
  return slash < 0 ? 'an account or a room: a bare address' : 'one connected resource or one occupant: a full address';
}
