/** Expressions of XPath 1.0 as parsed. */
export const AXES = [
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'child',
  'descendant',
  'descendant-or-self',
  'following',
  'following-sibling',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
] as const;
export type Axis = (typeof AXES)[number];

export type NodeTest =
  | { readonly type: 'any' }
  | { readonly type: 'node' }
  | { readonly type: 'text' }
  /** `ns` undefined: in any namespace. `name` undefined: any name in that namespace. */
  | { readonly type: 'name'; readonly name: string | undefined; readonly ns: string | undefined };

export interface Step {
  readonly axis: Axis;
  readonly test: NodeTest;
  readonly predicates: readonly XExpr[];
}

export const COMPARE = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Compare = (typeof COMPARE)[number];

export type XExpr =
  | { readonly type: 'or' | 'and'; readonly left: XExpr; readonly right: XExpr }
  | { readonly type: 'compare'; readonly op: Compare; readonly left: XExpr; readonly right: XExpr }
  | { readonly type: 'arithmetic'; readonly op: '+' | '-' | '*' | 'div' | 'mod'; readonly left: XExpr; readonly right: XExpr }
  | { readonly type: 'minus'; readonly of: XExpr }
  | { readonly type: 'union'; readonly left: XExpr; readonly right: XExpr }
  | { readonly type: 'literal'; readonly value: string | number }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly XExpr[] }
  /** `from`: what the steps begin at; undefined: the context node, or the root for an absolute path. */
  | {
      readonly type: 'path';
      readonly absolute: boolean;
      readonly from: XExpr | undefined;
      readonly predicates: readonly XExpr[];
      readonly steps: readonly Step[];
    };
