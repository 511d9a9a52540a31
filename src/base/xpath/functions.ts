/** The function library of XPath 1.0 (§4) without `id` and `lang`, which mean nothing in a stanza. */
import { stringOf, type XNode } from './nodes.ts';

export type XValue = string | number | boolean | readonly XNode[];

export interface Context {
  readonly node: XNode;
  readonly position: number;
  readonly size: number;
}

const isNodes = (value: XValue): value is readonly XNode[] => typeof value === 'object';

export function asString(value: XValue): string {
  if (isNodes(value)) return value[0] ? stringOf(value[0]) : '';
  if (typeof value !== 'number') return String(value);
  return Object.is(value, -0) ? '0' : String(value);
}
export function asNumber(value: XValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = asString(value).trim();
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : NaN;
}
export function asBoolean(value: XValue): boolean {
  if (isNodes(value) || typeof value === 'string') return value.length > 0;
  return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : value;
}

interface XFunction {
  /** Fewest and most arguments. */
  readonly takes: readonly [number, number];
  /** The first argument has to be a node-set. */
  readonly nodes?: boolean;
  readonly run: (args: readonly XValue[], context: Context) => XValue;
}

const one = (args: readonly XValue[], context: Context): XValue => args[0] ?? [context.node];
const named = (part: 'name' | 'ns' | 'qname') => (args: readonly XValue[], context: Context) =>
  (one(args, context) as readonly XNode[])[0]?.[part] ?? '';
const text = (args: readonly XValue[], i: number): string => asString(args[i] ?? '');
const spaced = (value: string): string => value.replaceAll(/[ \t\r\n]+/g, ' ').replaceAll(/^ | $/g, '');
const rounded = (value: number): number => Math.floor(value + 0.5);

function substring(args: readonly XValue[]): string {
  const first = rounded(asNumber(args[1]!));
  const end = args[2] === undefined ? Infinity : first + rounded(asNumber(args[2]));
  return [...text(args, 0)].filter((_, i) => i + 1 >= first && i + 1 < end).join('');
}
function translate(args: readonly XValue[]): string {
  const [from, to] = [[...text(args, 1)], [...text(args, 2)]];
  return [...text(args, 0)]
    .map((sign) => {
      const i = from.indexOf(sign);
      return i < 0 ? sign : (to[i] ?? '');
    })
    .join('');
}

export const FUNCTIONS: ReadonlyMap<string, XFunction> = new Map<string, XFunction>([
  ['last', { takes: [0, 0], run: (_, { size }) => size }],
  ['position', { takes: [0, 0], run: (_, { position }) => position }],
  ['count', { takes: [1, 1], nodes: true, run: ([nodes]) => (nodes as readonly XNode[]).length }],
  ['local-name', { takes: [0, 1], nodes: true, run: named('name') }],
  ['namespace-uri', { takes: [0, 1], nodes: true, run: named('ns') }],
  ['name', { takes: [0, 1], nodes: true, run: named('qname') }],
  ['string', { takes: [0, 1], run: (args, context) => asString(one(args, context)) }],
  ['concat', { takes: [2, Infinity], run: (args) => args.map(asString).join('') }],
  ['starts-with', { takes: [2, 2], run: (args) => text(args, 0).startsWith(text(args, 1)) }],
  ['contains', { takes: [2, 2], run: (args) => text(args, 0).includes(text(args, 1)) }],
  ['substring-before', { takes: [2, 2], run: (args) => text(args, 0).slice(0, Math.max(0, text(args, 0).indexOf(text(args, 1)))) }],
  [
    'substring-after',
    {
      takes: [2, 2],
      run(args) {
        const at = text(args, 0).indexOf(text(args, 1));
        return at < 0 ? '' : text(args, 0).slice(at + text(args, 1).length);
      },
    },
  ],
  ['substring', { takes: [2, 3], run: substring }],
  ['string-length', { takes: [0, 1], run: (args, context) => [...asString(one(args, context))].length }],
  ['normalize-space', { takes: [0, 1], run: (args, context) => spaced(asString(one(args, context))) }],
  ['translate', { takes: [3, 3], run: translate }],
  ['boolean', { takes: [1, 1], run: ([value]) => asBoolean(value!) }],
  ['not', { takes: [1, 1], run: ([value]) => !asBoolean(value!) }],
  ['true', { takes: [0, 0], run: () => true }],
  ['false', { takes: [0, 0], run: () => false }],
  ['number', { takes: [0, 1], run: (args, context) => asNumber(one(args, context)) }],
  [
    'sum',
    { takes: [1, 1], nodes: true, run: ([nodes]) => (nodes as readonly XNode[]).reduce((sum, node) => sum + asNumber(stringOf(node)), 0) },
  ],
  ['floor', { takes: [1, 1], run: ([value]) => Math.floor(asNumber(value!)) }],
  ['ceiling', { takes: [1, 1], run: ([value]) => Math.ceil(asNumber(value!)) }],
  ['round', { takes: [1, 1], run: ([value]) => rounded(asNumber(value!)) }],
]);
