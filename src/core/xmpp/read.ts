/** Small readings of addresses and stanzas, for people: rows of the event list and parts of the inspector. */
import { childText, child, type Element } from '../../base/xml/element.ts';
import { NS } from './namespaces.ts';
import { commandSummary } from './read-commands.ts';
import { eventSummary, pubsubSummary } from './read-pubsub.ts';

export function nickOf(address: string | undefined): string {
  const slash = address?.indexOf('/') ?? -1;
  return slash < 0 ? (address ?? '') : (address ?? '').slice(slash + 1);
}

export function bodyOf(message: Element): string {
  return childText(message, 'body') ?? '';
}

/** `teaparty/Alice` for an address in a room, which its service's domain only makes long. */
export function shortOf(address: string | undefined): string {
  if (address === undefined) return '';
  const at = address.indexOf('@');
  const slash = address.indexOf('/');
  return at < 0 ? address : address.slice(0, at) + (slash < 0 ? '' : address.slice(slash));
}

/** One line for the event list. */
export function summaryOf(stanza: Element): string {
  const { type, to, from } = stanza.attrs;
  if (type === 'error') return `error: ${conditionOf(stanza)}`;
  if (stanza.name === 'message') return messageSummary(stanza);
  if (stanza.name === 'iq') return iqSummary(stanza);
  if (type === undefined && child(stanza, 'x', NS.muc)) return `joins ${shortOf(to).replace('/', ' as ')}`;
  const shown = childText(stanza, 'show');
  const what = type ?? (shown === undefined ? 'presence' : `presence (${shown})`);
  if (child(stanza, 'x', NS.mucUser)) return `${what} from ${shortOf(from)}`;
  return to === undefined ? what : `${what} to ${shortOf(to)}`;
}

function messageSummary(stanza: Element): string {
  const kind = stanza.attrs['type'] ?? 'normal';
  const body = childText(stanza, 'body');
  const subject = childText(stanza, 'subject');
  const before = child(stanza, 'delay', NS.delay) ? ', history' : '';
  if (body !== undefined) return `${kind}${before} “${shortened(body)}”`;
  if (subject === undefined) return eventSummary(stanza) ?? `${kind} message`;
  return subject === '' ? 'no subject' : `subject “${shortened(subject)}”`;
}

function iqSummary(stanza: Element): string {
  const payload = stanza.children.find((c): c is Element => typeof c !== 'string');
  const { type = 'iq', id = '' } = stanza.attrs;
  const about = pubsubSummary(stanza) ?? commandSummary(stanza);
  if (about !== undefined) return about;
  return payload ? `iq ${type} ${payload.name} ${payload.ns}` : `iq ${type} ${id}`;
}

function conditionOf(stanza: Element): string {
  const error = child(stanza, 'error');
  const condition = error?.children.find((c): c is Element => typeof c !== 'string' && c.ns === NS.stanzas && c.name !== 'text');
  return condition?.name ?? 'without a condition';
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
