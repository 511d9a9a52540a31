/**
 * An expression made into tests on a place in the journal. What looks back (counts, "first", "no … for", broken invariants, duplicates) is a
 * tracker that is fed every row in its order before the rest is asked; the rest is asked cheapest first, and a stanza made only if nothing
 * cheaper has decided.
 */
import type { Expr } from '../../base/query/ast.ts';
import { compileXPath, holds } from '../../base/xpath/xpath.ts';
import { PREFIXES } from '../../protocol/vocabulary.ts';
import { compares, costOf, fieldTest, isLevel, ticksOf } from './fields.ts';
import { INVARIANT_TESTS } from './invariants.ts';
import { Place, type Source, type Test } from './source.ts';
import { looksBack, wordTest } from './words.ts';

const STANZA_COST = 4;
const CHEAP = 1;

interface Compiled {
  readonly test: Test;
  readonly cost: number;
  /** It says something of the run as it is after the event, and nothing of what happened. */
  readonly level: boolean;
}

/** Rows have to be asked in their order, from 0. */
export class Matcher {
  /** About the run as a whole: it begins and ends to hold, and does not happen. */
  readonly level: boolean;
  /** What a row may cost. */
  private readonly cost: number;
  private readonly place: Place;
  private readonly trackers: { readonly ask: Test; readonly back: () => void }[] = [];
  private readonly root: Test;
  /** Of what trackers ask, which is asked of every row. */
  private costliest = 0;

  /** @throws InputError where the scene does not have what the expression asks about. */
  constructor(expr: Expr, source: Source) {
    this.place = new Place(source);
    const { test, level, cost } = this.compile(expr);
    this.root = test;
    this.level = level;
    this.cost = Math.max(cost, this.costliest);
  }

  /** No words and no stanza are made for a row. */
  get isCheap(): boolean {
    return this.cost <= CHEAP;
  }
  /** Whether it holds at the event; each is asked once, in order. */
  matches(ordinal: number): boolean {
    this.place.at(ordinal);
    for (const { ask } of this.trackers) ask();
    return this.root();
  }
  /** Whether it holds when the last event that was asked about is over, and nothing more happens up to the tick: only what says something of the run as it is. */
  holdsAtEnd(quietUntil: number): boolean {
    if (!this.level) return false;
    this.place.quietUntil = quietUntil;
    for (const { ask } of this.trackers) ask();
    const holds = this.root();
    for (const { back } of this.trackers) back();
    this.place.quietUntil = undefined;
    return holds;
  }
  /** Whether it would hold if the message arrived in the run as it is after the event: what looks back stays where it is. */
  matchesArriving(message: number, ordinal: number): boolean {
    this.place.arriving(message, ordinal);
    return this.root();
  }

  /** Asked with every row, and remembered until the next. */
  private tracked(test: Test): Test {
    let last = false;
    let before = false;
    const ask = (): boolean => {
      before = last;
      return (last = test());
    };
    this.trackers.push({ ask, back: () => (last = before) });
    return () => last;
  }
  private asked(expr: Expr): Compiled {
    const compiled = this.compile(expr);
    this.costliest = Math.max(this.costliest, compiled.cost);
    return compiled;
  }
  private compile(expr: Expr): Compiled {
    switch (expr.type) {
      case 'and':
      case 'or': {
        const parts = flat(expr, expr.type).map((part) => this.compile(part));
        const tests = parts.toSorted((a, b) => a.cost - b.cost).map(({ test }) => test);
        const cost = Math.max(...parts.map((part) => part.cost));
        return { test: joined(expr.type, tests), cost, level: parts.every(({ level }) => level) };
      }
      case 'not': {
        const { test, cost, level } = this.compile(expr.of);
        return { test: () => !test(), cost, level };
      }
      case 'word':
        if (expr.word === 'broken') return this.broken(Object.keys(INVARIANT_TESTS));
        return {
          test: looksBack(expr.word) ? this.tracked(wordTest(this.place, expr.word)) : wordTest(this.place, expr.word),
          cost: 0,
          level: false,
        };
      case 'has': {
        const name = expr.field.slice(1);
        const { place } = this;
        return { test: () => place.stanza?.attrs[name] !== undefined, cost: STANZA_COST, level: false };
      }
      case 'compare':
        return { test: fieldTest(this.place, expr.field, expr.op, expr.value), cost: costOf(expr.field), level: isLevel(expr.field) };
      case 'call':
        return expr.name === 'xpath' ? this.xpath(expr.text) : this.broken([expr.text]);
      case 'count': {
        const { test } = this.asked(expr.of);
        let count = 0;
        const counts = () => compares(expr.op, (count += this.place.isEvent && test() ? 1 : 0), expr.value);
        return { test: this.tracked(counts), cost: 0, level: true };
      }
      case 'first': {
        const { test } = this.asked(expr.of);
        let met = false;
        const first = () => !met && this.place.isEvent && (met = test());
        return { test: this.tracked(first), cost: 0, level: false };
      }
      case 'quiet':
        return this.quiet(expr);
    }
  }
  private quiet(expr: Extract<Expr, { type: 'quiet' }>): Compiled {
    const { test } = this.asked(expr.of);
    const { place } = this;
    const ticks = ticksOf(expr.value, expr.unit, place.source.unit);
    let last = 0;
    // What ends the silence is where it can be told how long it was.
    const quiet = () => {
      const now = place.quietUntil ?? place.source.journal.tickOf(place.ordinal);
      const long = now - last >= ticks && place.ordinal > 0;
      if (place.isEvent && test()) last = now;
      return long;
    };
    return { test: this.tracked(quiet), cost: 0, level: true };
  }
  private xpath(text: string): Compiled {
    const xpath = compileXPath(text, PREFIXES);
    const { place } = this;
    return { test: () => place.stanza !== undefined && holds(xpath, place.stanza), cost: STANZA_COST + 1, level: false };
  }
  private broken(names: readonly string[]): Compiled {
    const tests = names.map((name) => this.tracked(INVARIANT_TESTS[name]!(this.place)));
    return { test: joined('or', tests), cost: 0, level: false };
  }
}

/** `a && (b && c)` and `(a && b) && c` are three of equal rank. */
function flat(expr: Expr, type: 'and' | 'or'): readonly Expr[] {
  return expr.type === type ? [...flat(expr.left, type), ...flat(expr.right, type)] : [expr];
}
function joined(type: 'and' | 'or', tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (tests.length === 1) return first!;
  if (tests.length === 2) return type === 'and' ? () => first!() && second!() : () => first!() || second!();
  return type === 'and' ? () => tests.every((test) => test()) : () => tests.some((test) => test());
}
