/**
 * Reads XML for GraphML and GEXF by saxes: strict, streaming, and with line and column. graphology's own parsers of the two
 * are not used: they want a DOM, which a worker has not; @xmldom/xmldom, which they take in Node, repairs broken files
 * silently and knows no places; and the GraphML one stops at `for="all"`. Tests compare with them.
 * A document type is refused: entities can grow without end, and no graph needs one.
 */
import { SaxesParser } from 'saxes';
import { InputError, problemOf } from '../../../base/result.ts';
import { escapeText } from '../../../base/xml/codec.ts';

export interface XmlHandlers {
  /** Names come without their prefix. */
  open(tag: string, attributes: Readonly<Record<string, string>>, line: number): void;
  /** @param text what stands between the element's tags, without that of its children. */
  close(tag: string, text: string): void;
}

/** @param root what the outermost element has to be. */
export function readXml(text: string, name: string, root: string, title: string, handlers: XmlHandlers): void {
  if (text.trim() === '') throw new InputError({ message: `${name}: the file is empty`, hint: `Choose a graph as ${title}.` });
  const parser = new SaxesParser({ position: true, xmlns: false } as const);
  const refuse = (what: string, hint: string): never => {
    const { line, column } = parser;
    throw new InputError({ message: `${name}: not ${title} (line ${line}, column ${column}): ${what}`, line, column, hint });
  };
  const texts: string[] = [];
  parser.on('error', (error) =>
    refuse(error.message.replace(/^\d+:\d+: /, ''), `The file must be well-formed XML; <${root}> is its outermost element.`),
  );
  parser.on('doctype', () =>
    refuse('a document type (<!DOCTYPE …>) is not read, for safety', 'Delete the DOCTYPE from the file: no graph needs one.'),
  );
  parser.on('opentag', ({ name: tag, attributes }) => {
    const local = localName(tag);
    if (texts.length === 0 && local !== root)
      refuse(`its outermost element is <${tag}>, not <${root}>`, `Choose a graph as ${title}, or name the file by what it holds.`);
    texts.push('');
    handlers.open(local, attributes, parser.line);
  });
  const said = (more: string): void => {
    if (texts.length > 0) texts[texts.length - 1] += more;
  };
  parser.on('text', said);
  parser.on('cdata', said);
  parser.on('closetag', ({ name: tag }) => handlers.close(localName(tag), texts.pop()!));
  parser.write(text).close();
}

const localName = (tag: string): string => tag.slice(tag.indexOf(':') + 1);

/** @throws InputError that names the node whose name has a character that XML 1.0 (§2.2) has no place for. */
export function writableNames(names: readonly string[], title: string): void {
  for (const name of names) {
    try {
      escapeText(name);
    } catch (error) {
      throw new InputError({
        message: `the node ${JSON.stringify(name)} cannot be written as ${title}: ${problemOf(error).message}`,
        hint: 'DOT, Cytoscape JSON and CSV can hold it.',
      });
    }
  }
}
