/** Looks at what a person has typed for a client to send: well-formed or not (RFC 6120 §11.4), and its form by our own definitions. */
import { InputError } from '../../base/result.ts';
import { utf8Length } from '../../base/utf8.ts';
import { parseXml } from '../../base/xml/codec.ts';
import type { Element } from '../../base/xml/element.ts';
import { frame } from '../../base/xml/framer.ts';
import type { Checked, TextFault } from '../../protocol/console.ts';
import { placeOf, type TextPlace } from '../xmpp/definitions/place.ts';
import { judge } from '../xmpp/definitions/verdict.ts';
import { NS } from '../xmpp/namespaces.ts';
import { summaryOf } from '../xmpp/read.ts';
import { isStanza } from '../xmpp/stanza.ts';
import { itemSummary } from '../xmpp/wire.ts';

const OPENED = { content: NS.client, prefixes: { stream: NS.streams } };
/** More than a person wants to read at once. */
const MOST_FAULTS = 20;

export function checkTyped(text: string): Checked {
  const sent = text.trim().replaceAll(/>\s*\n\s*</g, '><');
  const bytes = utf8Length(sent);
  const said = { unknown: [], items: [], faults: [], sent, bytes } as const;
  if (text.trim() === '') return { ...said, verdict: 'empty' };
  const { items, rest, error } = frame(text, OPENED);
  const faults: TextFault[] = [];
  const unknown = new Set<string>();
  const words: string[] = [];
  let from = 0;
  for (const item of items) {
    if (item.type === 'element') {
      judged(text, from, item.text, item.element, faults, unknown);
      words.push(isStanza(item.element) ? summaryOf(item.element) : itemSummary(item.element));
      from += item.text.length;
    } else if (item.type === 'text') {
      if (item.text.trim() !== '') faults.push(outside(text, from + /\S/.exec(item.text)!.index));
      from += item.text.length;
    } else words.push('end of stream');
  }
  const left = error ? error.rest : rest;
  const isBroken = error !== undefined || left.trim() !== '' || faults.some((fault) => fault.section === OUTSIDE);
  if (error !== undefined || left.trim() !== '') faults.push(brokenAt(text, text.length - left.length, left, error?.message));
  const verdict = isBroken ? 'broken' : faults.length > 0 ? 'invalid' : 'valid';
  return { verdict, faults: faults.slice(0, MOST_FAULTS), unknown: [...unknown], items: words, sent, bytes };
}

function judged(text: string, from: number, piece: string, element: Element, faults: TextFault[], unknown: Set<string>): void {
  const { faults: found, unknown: strange } = judge(element, NS.client);
  for (const ns of strange) unknown.add(ns);
  const lead = /^\s*/.exec(piece)![0].length;
  for (const { path, steps, attribute, message, section } of found) {
    const stanza = piece.slice(lead);
    const index = from + lead + indexOf(stanza, placeOf(stanza, { steps, attribute }, OPENED.prefixes));
    faults.push({ ...placeAt(text, index), index, path, message: sentence(message), section });
  }
}

const OUTSIDE = 'RFC 6120 §11.7';
const outside = (text: string, index: number): TextFault => ({
  ...placeAt(text, index),
  index,
  message: 'Between stanzas only white space may stand.',
  section: OUTSIDE,
});

/** The framer says that it is broken, the strict parser where. */
function brokenAt(text: string, from: number, left: string, message = 'this is not complete'): TextFault {
  const section = 'RFC 6120 §11.4';
  const lead = /^\s*/.exec(left)![0].length;
  try {
    parseXml(left.trim(), OPENED.content, OPENED.prefixes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { line = 1, column = 1 } = error.problem;
    const index = Math.min(text.length, from + lead + indexOf(left.trim(), { line, column }));
    // Place and section stand beside it.
    const words = error.problem.message.replace(/^XML line \d+, column \d+: /, '').replace(/ \((not-well-formed, )?RFC [^)]*\)$/, '');
    return { ...placeAt(text, index), index, message: sentence(words), section };
  }
  return { ...placeAt(text, from + lead), index: from + lead, message: sentence(message), section };
}

/** Both count from 1. */
const indexOf = (text: string, { line, column }: TextPlace): number =>
  text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, before) => sum + before.length + 1, column - 1);
function placeAt(text: string, index: number): TextPlace {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
