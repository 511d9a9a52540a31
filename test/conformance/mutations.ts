/** Seeded spoiling of stanzas: one small change each, as a person would make it by mistake. Some of them do no harm, which is also a test. */
import { el, elements, withAttrs, withChildren, type Element } from '../../src/base/xml/element.ts';
import { Streams, derive } from '../../src/core/kernel/random.ts';

export interface Mutation {
  readonly kind: string;
  readonly element: Element;
}
type Change = (at: Element, dice: Dice) => Element | undefined;

export class Dice {
  private readonly streams: Streams;
  constructor(seed: string) {
    this.streams = new Streams(derive(seed, 'mutations'));
  }
  below(n: number): number {
    return this.streams.below(0, n);
  }
  of<T>(values: readonly T[]): T | undefined {
    return values.length === 0 ? undefined : values[this.below(values.length)];
  }
}

/** No value of these has an @ or a /: how addresses are read is another matter, with tests of its own. */
const VALUES = [
  '',
  ' ',
  'bogus',
  '-1',
  '0',
  '128',
  '255',
  '256',
  '65536',
  '99999999999999999999',
  '1.5',
  'true',
  'chat',
  'none',
  'a b',
  'ä',
  'YQ=',
  '2026-02-30T00:00:00Z',
  '2024-02-29T24:00:00+01:00',
  '  get ',
  'x'.repeat(1100),
];
const NAMES = ['item', 'x', 'query', 'text', 'error', 'body', 'forwarded', 'required', 'zebra'];
const SPACES = ['urn:example:other', 'jabber:client', 'jabber:iq:roster', 'urn:ietf:params:xml:ns:xmpp-stanzas', ''];

const without = (element: Element, index: number): readonly (Element | string)[] => element.children.filter((_, i) => i !== index);
const replaced = (element: Element, index: number, ...by: readonly (Element | string)[]): readonly (Element | string)[] => [
  ...element.children.slice(0, index),
  ...by,
  ...element.children.slice(index + 1),
];
const anyChild = (element: Element, dice: Dice): number => (element.children.length === 0 ? -1 : dice.below(element.children.length));

const onAttribute =
  (change: (name: string, value: string, dice: Dice) => string | undefined): Change =>
  (at, dice) => {
    const name = dice.of(Object.keys(at.attrs));
    return name === undefined ? undefined : withAttrs(at, { [name]: change(name, at.attrs[name]!, dice) });
  };
const onChild =
  (change: (at: Element, index: number, dice: Dice) => readonly (Element | string)[] | undefined): Change =>
  (at, dice) => {
    const index = anyChild(at, dice);
    const children = index < 0 ? undefined : change(at, index, dice);
    return children && withChildren(at, children);
  };

const CHANGES: Readonly<Record<string, Change>> = {
  'attribute dropped': onAttribute(() => undefined),
  'attribute with another value': onAttribute((_, __, dice) => dice.of(VALUES)),
  'attribute renamed': (at, dice) => {
    const name = dice.of(Object.keys(at.attrs));
    return name === undefined
      ? undefined
      : withAttrs(at, { [name]: undefined, [dice.of(['node', 'jid', 'type', 'wrong', 'xml:lang'])!]: at.attrs[name]! });
  },
  'attribute added': (at, dice) => withAttrs(at, { [dice.of(['node', 'name', 'stamp', 'type', 'xml:lang', 'colour'])!]: dice.of(VALUES)! }),
  'child dropped': onChild((at, index) => without(at, index)),
  'child twice': onChild((at, index) => replaced(at, index, at.children[index]!, at.children[index]!)),
  'child renamed': onChild((at, index, dice) => {
    const child = at.children[index]!;
    return typeof child === 'string' ? undefined : replaced(at, index, { ...child, name: dice.of(NAMES)! });
  }),
  'child in another namespace': onChild((at, index, dice) => {
    const child = at.children[index]!;
    return typeof child === 'string' ? undefined : replaced(at, index, { ...child, ns: dice.of([...SPACES, at.ns])! });
  }),
  'children in another order': (at, dice) => {
    const first = anyChild(at, dice);
    const second = anyChild(at, dice);
    if (first < 0 || first === second) return undefined;
    const children = [...at.children];
    [children[first], children[second]] = [children[second]!, children[first]!];
    return withChildren(at, children);
  },
  'text added': (at, dice) => withChildren(at, [...at.children, dice.of(['stray', ' ', '7'])!]),
  'text exchanged': (at, dice) => (elements(at).length > 0 ? undefined : withChildren(at, [dice.of(VALUES)!])),
  'element added': (at, dice) => withChildren(at, [...at.children, el(dice.of(NAMES)!, dice.of([...SPACES, at.ns, at.ns])!)]),
};

const count = (element: Element): number => elements(element).reduce((sum, child) => sum + count(child), 1);

/** One change at a random element of the tree; nothing where the change that was drawn has nothing to do. */
export function mutate(element: Element, dice: Dice): Mutation | undefined {
  const kind = dice.of(Object.keys(CHANGES))!;
  const changed = at(element, dice.below(count(element)), (found) => CHANGES[kind]!(found, dice));
  return changed && { kind, element: changed };
}

/** The tree with the element of this number (in document order) changed. */
function at(element: Element, index: number, change: (found: Element) => Element | undefined): Element | undefined {
  if (index === 0) return change(element);
  let left = index - 1;
  for (const [i, child] of element.children.entries()) {
    if (typeof child === 'string') continue;
    const size = count(child);
    if (left < size) {
      const changed = at(child, left, change);
      return changed && withChildren(element, replaced(element, i, changed));
    }
    left -= size;
  }
  return undefined;
}
