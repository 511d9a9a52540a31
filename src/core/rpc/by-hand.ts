/**
 * Gossip messages that a person has written or edited, read back from their XEP-0009 stanzas. On a graph a message is only a method with small
 * integers, so that what a stanza says beyond them would be lost: it is refused, and the reason told.
 */
import { parseXml, serialize } from '../../base/xml/codec.ts';
import type { Element } from '../../base/xml/element.ts';
import { InputError } from '../../base/result.ts';
import { KINDS, Kind } from '../../protocol/scene.ts';
import type { Method } from '../gossip/contract.ts';
import type { Edited, MessageView } from '../kernel/model.ts';
import { readCall, readResponse } from './xep0009-read.ts';
import { codeOf, isReply, methodOf } from './xep0009.ts';

const CLIENT = 'jabber:client';

/** @param stanzaOf a message's stanza. @throws InputError */
export function editedGossip(
  message: MessageView,
  xml: string,
  methods: readonly Method[],
  stanzaOf: (message: MessageView) => Element,
): Edited {
  const iq = read(xml);
  const original = stanzaOf(message);
  for (const name of ['from', 'to', 'id', 'type'] as const)
    if (iq.attrs[name] !== original.attrs[name])
      throw new InputError({
        message: `\`${name}\` must stay ${JSON.stringify(original.attrs[name])}, got ${JSON.stringify(iq.attrs[name] ?? '')}: on a graph the link itself says from whom to whom a message goes.`,
        hint: 'Change what the call says, not whose it is.',
      });
  const edited = isReply(message.code) ? responseIn(iq, message, methods) : callIn(iq, methods);
  const made = stanzaOf({ ...message, ...edited, data: edited.data ?? [], stanza: undefined });
  if (serialize(made) !== serialize(iq))
    throw new InputError({
      message: `On a graph this message can only be ${serialize(made, CLIENT)}: what else the text says would be lost.`,
      hint: 'Keep to the form of the call, or take the transport “xmpp”, where whole stanzas travel.',
    });
  return edited;
}

/** A call that a person wrote; its `from` and `id` are the transport's. @throws InputError */
export function readTyped(
  text: string,
  methods: readonly Method[],
  addresses: readonly string[],
): { readonly to: number; readonly code: number; readonly a: number; readonly b: number; readonly data: readonly number[] | undefined } {
  const iq = read(text);
  const to = addresses.indexOf(iq.attrs['to'] ?? '');
  if (to < 0)
    throw new InputError({
      message: `\`to\` must be the address of a node, got ${JSON.stringify(iq.attrs['to'] ?? '')}`,
      hint: `For example ${addresses[0] ?? ''}.`,
    });
  return { to, ...callIn(iq, methods) };
}

function read(text: string): Element {
  const iq = withoutLayout(parseXml(text.trim(), CLIENT));
  if (iq.name !== 'iq' || iq.ns !== CLIENT)
    throw new InputError({
      message: `A gossip message is an iq with an XEP-0009 call or response, got <${iq.name}/>.`,
      hint: 'Begin with <iq …>.',
    });
  return iq;
}

function callIn(iq: Element, methods: readonly Method[]): Edited {
  const call = readCall(iq);
  const names = methods.map(({ name }) => `gossip.${name}`).join(', ');
  if (!call) throw new InputError({ message: 'This is no XEP-0009 call with integers as its arguments.', hint: `Methods are: ${names}.` });
  const index = methods.findIndex(({ name }) => name === call.name);
  const method = methods[index];
  if (!method) throw new InputError({ message: `The algorithm has no method gossip.${call.name}.`, hint: `Methods are: ${names}.` });
  if (call.args.length !== method.args.length)
    throw new InputError({
      message: `gossip.${method.name} takes ${method.args.length} integers, got ${call.args.length}`,
      hint: method.args.length > 0 ? `They are: ${method.args.join(', ')}.` : undefined,
    });
  if (call.data && method.data === undefined) throw new InputError(`gossip.${method.name} takes no array.`);
  const [a = 0, b = 0] = call.args;
  return { kind: KINDS.indexOf(method.kind), code: codeOf(index, false), a, b, data: call.data, stanza: undefined };
}

function responseIn(iq: Element, { code }: MessageView, methods: readonly Method[]): Edited {
  const response = readResponse(iq);
  if (!response) throw new InputError('This is no XEP-0009 response with one value.');
  const { name, replies } = methods[methodOf(code)]!;
  if (replies && !(response.value in replies))
    throw new InputError({
      message: `gossip.${name} is answered by ${replies.map((_, value) => value).join(', ')}, got ${response.value}`,
      hint: replies.map(({ label }, value) => `${value}: ${label}`).join('; '),
    });
  return { kind: Kind.result, code, a: response.value, b: 0, data: response.data, stanza: undefined };
}

/** White space between elements is for the eye. */
function withoutLayout(element: Element): Element {
  const hasElements = element.children.some((inner) => typeof inner !== 'string');
  const children = element.children.filter((inner) => typeof inner !== 'string' || !hasElements || inner.trim() !== '');
  return { ...element, children: children.map((inner) => (typeof inner === 'string' ? inner : withoutLayout(inner))) };
}
