/** Stanzas grown at random from our own definitions, so that every declaration meets the schemas, also those that nobody recorded. */
import type { Element } from '../../src/base/xml/element.ts';
import { contentOf, type Content } from '../../src/core/xmpp/definitions/content.ts';
import { DEFINITIONS, PREFIXES } from '../../src/core/xmpp/definitions/index.ts';
import type { Declaration, Definition } from '../../src/core/xmpp/definitions/model.ts';
import { attributeForms } from '../../src/core/xmpp/definitions/verdict.ts';
import type { Dice } from './mutations.ts';

type Particle = Extract<Content, { kind: 'children' }>['grammar'];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  string: ['', 'a text', 'a-b', ' äöü '],
  jid: ['alice@wonderland.lit', 'rooms.wonderland.lit', 'alice@wonderland.lit/tea time'],
  nmtoken: ['a-1', '7', 'sha-1', ' x:y '],
  nmtokens: ['a-1 b', 'x'],
  ncname: ['a-1'],
  language: ['en', 'pt-BR', ''],
  boolean: ['true', 'false', '0', '1', ' 1 '],
  bit: ['0', '1'],
  decimal: ['1.0', '-12', '.5', '7.'],
  base64: ['', 'YQ==', 'YWJj', 'YW Jj'],
  hex: ['', '00ff'],
  ascii: ['', 'plain'],
  method: ['examples.getStateName', ''],
  dateTime: ['2026-03-01T12:00:00Z', '2024-02-29T23:59:59.999+01:00', '2026-03-01T24:00:00'],
  byte: ['-128', '127', '0', '+5'],
  unsignedByte: ['0', '255'],
  unsignedShort: ['0', '65535'],
  unsignedInt: ['0', '4294967295'],
  unsignedLong: ['0', '18446744073709551615'],
  int: ['-2147483648', '7', '2147483647'],
  count: ['0', '12345678901234567890'],
  positive: ['1', '99'],
  uri: ['http://wonderland.lit/tea', 'xmpp:rooms.wonderland.lit'],
};

function valueOf(type: string, dice: Dice): string {
  if (type.endsWith('?')) return dice.below(2) === 0 ? '' : valueOf(type.slice(0, -1), dice);
  if (type.includes('|') || type.startsWith('only:')) return dice.of(type.replace('only:', '').split('|'))!;
  const [, name = '', low, high] = /^(\w+)(?:\{(-?\d+),(-?\d+)\})?$/.exec(type) ?? [];
  if (low === undefined) return dice.of(VALUES[name]!)!;
  return name === 'int' ? dice.of([low, high!])! : 'x'.repeat(dice.of([Number(low), Math.min(Number(high), Number(low) + 3)])!);
}

/** Every element that may stand by itself. */
export function roots(): readonly { readonly definition: Definition; readonly name: string }[] {
  return [...DEFINITIONS.values()].flatMap((definition) =>
    Object.keys(definition.elements)
      .filter((key) => !key.includes('/'))
      .map((name) => ({ definition, name })),
  );
}

export function grow(definition: Definition, key: string, dice: Dice, depth = 0): Element {
  const declaration: Declaration = definition.elements[key]!;
  const attrs: Record<string, string> = {};
  for (const [name, form] of attributeForms(declaration))
    if (!name.startsWith('*') && (form.required || dice.below(2) === 0)) attrs[name] = valueOf(form.type, dice);
  const content = contentOf(declaration[2], definition.ns, PREFIXES);
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (content.kind === 'empty') return { name, ns: definition.ns, attrs, children: [] };
  if (content.kind === 'text') {
    const text = valueOf(content.type, dice);
    return { name, ns: definition.ns, attrs, children: text === '' ? [] : [text] };
  }
  return { name, ns: definition.ns, attrs, children: children(content.grammar, definition, key, dice, depth + 1) };
}

function children(particle: Particle, definition: Definition, parent: string, dice: Dice, depth: number): readonly Element[] {
  const times = depth > 5 ? particle.low : Math.min(particle.high, particle.low + dice.below(3));
  return Array.from({ length: times }).flatMap((): readonly Element[] => {
    if (particle.is === 'sequence') return particle.of.flatMap((p) => children(p, definition, parent, dice, depth));
    if (particle.is === 'choice') return children(dice.of(particle.of)!, definition, parent, dice, depth);
    if (particle.is !== 'name') return [{ name: 'foreign', ns: 'urn:example:other', attrs: { any: 'thing' }, children: [] }];
    const of = DEFINITIONS.get(particle.ns)!;
    const inside = of === definition;
    const names = Object.keys(of.elements).filter((k) => !k.includes('/'));
    const name = particle.name === '*' ? dice.of(names)! : particle.name;
    const keys = inside ? [`${parent}/${name}`, name, `/${name}`] : [name];
    return [
      grow(
        of,
        keys.find((k) => Object.hasOwn(of.elements, k))!,
        dice,
        depth,
      ),
    ];
  });
}
