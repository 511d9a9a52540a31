/**
 * The project's own stanza definitions against the published schemas: what ours calls valid, xmllint calls valid, and the other way
 * round: for everything that was recorded, everything that our scenes and conversations make, what is grown from our definitions, and
 * what seeded mutations make of all of it. Needs the shared conformance folder and xmllint.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/result.ts';
import { parseXml, serialize } from '../../src/base/xml/codec.ts';
import { elements, type Element } from '../../src/base/xml/element.ts';
import { DEFINITIONS } from '../../src/core/xmpp/definitions/index.ts';
import { judge, type Fault } from '../../src/core/xmpp/definitions/verdict.ts';
import { WIRE } from '../../src/core/xmpp/wire.ts';
import type { XmppScenario } from '../../src/protocol/scenario.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { conversations } from '../conversations/read.ts';
import { play } from '../core/xmpp/host.ts';
import { grow, roots } from './grown.ts';
import { Dice, mutate } from './mutations.ts';

const SHARED = '../shared/conformance';
const there = existsSync(join(SHARED, 'validate.mjs'));
/** How much more is drawn by `npm run test:full`. */
const MORE = process.env['STANZASCOPE_FULL'] === '1' ? 8 : 1;

interface Validation {
  readonly ok: boolean;
  readonly errors: readonly { readonly kind: string; readonly msg: string }[];
}
interface Validator {
  jidProblem(address: string): string | null;
  readonly INDEX: Readonly<Record<string, { readonly elements: readonly string[] }>>;
  validateAll(
    items: readonly { readonly xml: string; readonly ns: string }[],
    options?: { readonly rfcOrder?: boolean },
  ): readonly Validation[];
}
interface Sample {
  readonly id: string;
  readonly ns: string;
  readonly xml: string;
  readonly element: Element;
}

const PREFIXES = { stream: 'http://etherx.jabber.org/streams', db: 'jabber:server:dialback' };

function parsed(xml: string, ns: string): Element | undefined {
  try {
    return parseXml(xml, ns, PREFIXES);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Everything that was recorded and is one element; each text once. */
function recorded(): readonly Sample[] {
  const samples = new Map<string, Sample>();
  for (const server of ['prosody', 'ejabberd']) {
    const folder = join(SHARED, 'transcripts', server);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl'))) {
      const ns = file.includes('.s2s.') ? 'jabber:server' : 'jabber:client';
      for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
        if (line === '') continue;
        const { xml, seq, truncated } = JSON.parse(line) as { xml?: string; seq: number; truncated?: number };
        const key = `${ns} ${xml}`;
        const element = xml === undefined || truncated !== undefined || samples.has(key) ? undefined : parsed(xml, ns);
        if (element) samples.set(key, { id: `${server}/${file}#${seq}`, ns, xml: xml!, element });
      }
    }
  }
  return [...samples.values()];
}

/** Everything that our own scenes and conversations make: what scripts send wrongly on purpose too. */
function made(): readonly Sample[] {
  const scenes = [...scenarios.filter((scenario) => scenario.model === 'xmpp'), ...conversations().map((c) => c.scenario)];
  const samples = new Map<string, Sample>();
  for (const scene of scenes) {
    const { sent, model } = play(scene as XmppScenario);
    for (const { stanza, link, id } of sent) {
      const ns = model.stage.streamNs(link);
      if (stanza.ns === WIRE || stanza.attrs['xmlns'] !== undefined) continue;
      const xml = serialize(stanza, ns);
      samples.set(`${ns} ${xml}`, { id: `${scene.id}#${id}`, ns, xml, element: stanza });
    }
  }
  return [...samples.values()];
}

const namespacesOf = (element: Element): readonly string[] => [element.ns, ...elements(element).flatMap(namespacesOf)];
const streamOf = ({ element, ns }: Sample): string => (['jabber:client', 'jabber:server'].includes(element.ns) ? element.ns : ns);
const judged = (sample: Sample, printedOrder = false): readonly Fault[] => judge(sample.element, streamOf(sample), { printedOrder }).faults;

/** Where ours and xmllint may differ, and why; everything else must agree. */
interface Exception {
  readonly why: string;
  applies(sample: Sample, faults: readonly Fault[], errors: readonly string[]): boolean;
}
const exceptions = ({ INDEX, jidProblem }: Validator): readonly Exception[] => [
  {
    why: 'addresses are plain text to the schemas; ours are read by the whole of RFC 7622 (the validator has a part of it, for some attributes)',
    applies: ({ element }, faults, errors) =>
      errors.length === 0 &&
      faults.every(({ steps, attribute = '', message }) => {
        const at = steps.reduce<Element>((e, step) => elements(e)[step]!, element);
        const value = at.attrs[attribute] ?? '';
        const isRead =
          at.ns.startsWith('jabber:') && ['message', 'presence', 'iq'].includes(at.name)
            ? ['to', 'from'].includes(attribute)
            : value !== '' && ['jid', 'initiator', 'responder'].includes(attribute) && Object.hasOwn(INDEX, at.ns);
        return message.includes('which is no address') && !(isRead && jidProblem(value) !== null);
      }),
  },
  {
    why: 'XEP-0030 prints that addresses of items have 8 characters at least; RFC 7622 knows shorter ones, such as a.lit',
    applies: (_, faults, errors) =>
      faults.length === 0 && errors.every((e) => /disco#items\}item', attribute 'jid': \[facet 'minLength'\]/.test(e)),
  },
  {
    why: 'white space around a whole number in an element: XML Schema takes it off, libxml2 does not',
    applies: (_, faults, errors) =>
      faults.length === 0 && errors.every((e) => /: '(\s+\S+|\S+\s+)' is not a valid value of the atomic type 'xs:\w+'/.test(e)),
  },
  {
    why: 'whole numbers of more than 24 digits: XML Schema has no limit, libxml2 has',
    applies: (_, faults, errors) =>
      faults.length === 0 && errors.every((e) => /'\d{25,}' is not a valid value of the atomic type 'xs:\w*Integer'/.test(e)),
  },
  {
    why: 'a row of foreign elements at the end of a sequence: what stands before it may not come after it, and libxml2 lets it (SASL mechanisms)',
    applies: (_, faults, errors) =>
      errors.length === 0 && faults.every((f) => f.message.endsWith('has no place here; here may stand an element of another namespace')),
  },
  {
    why: 'base64: libxml2 passes over characters that are none of its own',
    applies: (_, faults, errors) => errors.length === 0 && faults.every((f) => f.message === 'its text is no base64'),
  },
];

interface Comparison {
  readonly compared: number;
  readonly invalid: number;
  readonly excepted: number;
  /** In words, one for each that differs. */
  readonly different: readonly string[];
}
function compare(validator: Validator, samples: readonly Sample[], printedOrder = false): Comparison {
  const results = validator.validateAll(samples, { rfcOrder: printedOrder });
  const listed = exceptions(validator);
  const different: string[] = [];
  let excepted = 0;
  samples.forEach((sample, i) => {
    const faults = judged(sample, printedOrder);
    const errors = results[i]!.errors.map((e) => e.msg);
    if ((faults.length === 0) === results[i]!.ok) return;
    if (listed.some((exception) => exception.applies(sample, faults, errors))) excepted++;
    else
      different.push(
        `${sample.id}: ${sample.xml.slice(0, 500)}\n  ours: ${faults.map((f) => `${f.path}: ${f.message}`).join('; ')}\n  xmllint: ${errors.join('; ')}`,
      );
  });
  return { compared: samples.length, invalid: results.filter((r) => !r.ok).length, excepted, different };
}

describe.runIf(there)('our definitions and the published schemas agree', () => {
  let schemas: Validator;
  let real: readonly Sample[];
  /** Judged by both: every namespace in it is defined by both, or unknown to both. */
  const isComparable = ({ element }: Sample): boolean =>
    DEFINITIONS.has(element.ns) && namespacesOf(element).every((ns) => DEFINITIONS.has(ns) === Object.hasOwn(schemas.INDEX, ns));
  beforeAll(async () => {
    schemas = (await import(pathToFileURL(join(SHARED, 'validate.mjs')).href)) as Validator;
    real = recorded();
  });

  test('of everything that was recorded, in whatever order and in the printed one', () => {
    const samples = real.filter(isComparable);
    expect(samples.length).toBeGreaterThan(0.95 * real.length);
    const ordered = samples.filter(({ element }) => ['message', 'presence'].includes(element.name) && elements(element).length > 1);
    for (const printedOrder of [false, true]) {
      const { different, invalid, excepted } = compare(schemas, printedOrder ? ordered : samples, printedOrder);
      expect(different).toEqual([]);
      expect(invalid).toBeGreaterThan(100);
      expect(excepted).toBe(0);
    }
  });

  test('of everything that our scenes and conversations make', () => {
    const all = made();
    const samples = all.filter(isComparable);
    expect(samples.length).toBeGreaterThan(0.9 * all.length);
    expect(compare(schemas, samples, true).different).toEqual([]);
  });

  /** `rounds` mutations of each, if the draw has something to do there. */
  const spoilt = (samples: readonly Sample[], rounds: number, dice: Dice): readonly Sample[] =>
    samples.flatMap((sample) =>
      Array.from({ length: rounds }).flatMap(() => {
        const mutation = mutate(sample.element, dice);
        if (!mutation) return [];
        return [
          { ...sample, id: `${mutation.kind}, ${sample.id}`, element: mutation.element, xml: serialize(mutation.element, sample.ns) },
        ];
      }),
    );

  test('of what seeded mutations make of what was recorded', () => {
    const valid = real.filter((sample, i) => i % 2 === 0 && isComparable(sample) && judged(sample).length === 0);
    const samples = spoilt(valid, 3 * MORE, new Dice('recorded')).filter(isComparable);
    expect(samples.length).toBeGreaterThan(2500);
    const { different, invalid, excepted } = compare(schemas, samples);
    expect(different).toEqual([]);
    expect(invalid).toBeGreaterThan(1000);
    expect(excepted).toBeLessThan(0.02 * samples.length);
  });

  test('of what is grown from every definition, and of what mutations make of that', () => {
    const dice = new Dice('grown');
    const grown = roots().flatMap(({ definition, name }) =>
      Array.from({ length: 3 * MORE }, (_, i): Sample => {
        const element = grow(definition, name, dice);
        return { id: `${name} ${i}`, ns: 'jabber:client', xml: serialize(element, 'jabber:client'), element };
      }),
    );
    const samples = [...grown, ...spoilt(grown, 3, dice)].filter(isComparable);
    expect(samples.length).toBeGreaterThan(2500);
    const { different, invalid, excepted } = compare(schemas, samples);
    expect(different).toEqual([]);
    expect(invalid).toBeGreaterThan(1000);
    expect(excepted).toBeLessThan(0.02 * samples.length);
  });

  test('of which elements a namespace has at its top', () => {
    const differing = [...DEFINITIONS.values()].flatMap(({ ns, elements: declared }) => {
      const theirs = schemas.INDEX[ns]?.elements;
      if (!theirs) return [];
      const ours = Object.keys(declared).filter((key) => !key.includes('/'));
      return [...ours.filter((n) => !theirs.includes(n)), ...theirs.filter((n) => !ours.includes(n))].map((n) => `${ns} ${n}`);
    });
    // Stanzas on a component's stream are in the namespace of that stream; here they are told by their own.
    expect(differing.filter((n) => !n.startsWith('jabber:component:accept '))).toEqual([]);
  });
});

test.runIf(!there)('SKIPPED: the stanza definitions were not held against the schemas, because ../shared/conformance is not there', () => {
  expect(DEFINITIONS.size).toBeGreaterThan(50);
});
