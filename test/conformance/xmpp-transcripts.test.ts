/**
 * Conversations that were recorded with Prosody, played again here: what each client sends is taken from the transcript, what each receives
 * is compared with it, step by step. Steps that need what is not built yet are listed, each with its reason; every other must agree.
 */
import { expect, test } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { parseXml, serialize } from '../../src/base/xml/codec.ts';
import { elements, type Element } from '../../src/base/xml/element.ts';
import type { ClientAct, XmppScenario } from '../../src/protocol/scenario.ts';
import { play } from '../core/xmpp/host.ts';

const DIR = '../shared/conformance/transcripts/prosody/';
const STEP = 1_000_000;

interface Line {
  readonly step: number;
  readonly conn?: string;
  readonly client?: string;
  readonly dir: string;
  readonly xml?: string;
  readonly phase?: string;
}

function transcript(id: string): Line[] {
  const lines = readFileSync(`${DIR}${id}.jsonl`, 'utf8').trim().split('\n');
  return lines
    .map((l) => JSON.parse(l) as Line)
    .filter((l) => l.phase !== 'login' && l.xml !== undefined && l.xml.startsWith('<') && !l.xml.startsWith('</'));
}

/** One line may hold several stanzas. */
function each(xml: string): string[] {
  return elements(parseXml(`<all xmlns='jabber:client'>${xml}</all>`)).map((e) => serialize(e, 'jabber:client'));
}

/** Attributes and top-level children sorted, the language of the stream, made identifiers and times left out: as the README says. */
const MADE_ID = /^([\w-]{24}|rooms\.wonderland\.lit-\d+)$/;
function canonical(e: Element, depth = 0): string {
  const keep = Object.entries(e.attrs).filter(([name]) => !(name === 'xml:lang' && depth === 0));
  const attrs = keep
    .map(
      ([name, value]) =>
        ` ${name}='${(e.name === 'occupant-id' && name === 'id') || name === 'stamp' || MADE_ID.test(value) ? '#' : value}'`,
    )
    .sort();
  const children = e.children.map((c) => (typeof c === 'string' ? c : canonical(c, depth + 1)));
  const sorted = depth === 0 || e.name === 'query' ? children.sort() : children;
  return `<${e.name} ${e.ns}${attrs.join('')}>${sorted.join('')}</>`;
}

function replay(id: string, only: (line: Line) => boolean = () => true): { agreeing: number[]; differing: Map<number, string> } {
  const lines = transcript(id).filter(only);
  const names = [...new Set(lines.map((l) => l.client ?? ''))];
  const acts = (client: string): ClientAct[] =>
    lines
      .filter((l) => l.client === client && l.dir === 'send')
      .flatMap((l) => each(l.xml!).map((xml) => ({ at: l.step * STEP, do: 'send', xml }) as const));
  const scenario: XmppScenario = {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: 'replay',
    title: '',
    summary: '',
    seed: '1',
    servers: [
      {
        domain: 'wonderland.lit',
        components: [{ domain: 'rooms.wonderland.lit', service: 'muc', rooms: [{ name: 'teaparty', owner: 'queen@wonderland.lit' }] }],
      },
      { domain: 'realworld.lit' },
    ],
    clients: names.map((jid) => ({ jid, acts: acts(jid) })),
    latency: { client: 1000, federation: 1000, component: 1000 },
  };
  const { sent } = play(scenario);
  const result = { agreeing: [] as number[], differing: new Map<number, string>() };
  for (const step of new Set(lines.map((l) => l.step))) {
    const problems = names.flatMap((client) => {
      const theirs = lines
        .filter((l) => l.step === step && l.client === client && l.dir === 'recv')
        .map((l) => canonical(parseXml(l.xml!, 'jabber:client')));
      const ours = sent.filter((r) => r.to === client && Math.floor(r.tick / STEP) === step).map((r) => canonical(r.stanza));
      const same = JSON.stringify(unordered(theirs)) === JSON.stringify(unordered(ours));
      return same ? [] : [`${client}\n  Prosody: ${theirs.join('\n           ')}\n  here:    ${ours.join('\n           ')}`];
    });
    if (problems.length === 0) result.agreeing.push(step);
    else result.differing.set(step, problems.join('\n'));
  }
  return result;
}

/** Presences of one kind that come one after the other have no order among them (VARIES.md): the occupants at a join. */
function unordered(items: readonly string[]): string[] {
  const out: string[] = [];
  let run: string[] = [];
  for (const item of [...items, '']) {
    if (item.startsWith('<presence') && !item.includes("code='110'") && !item.includes('unavailable')) run.push(item);
    else {
      out.push(...run.sort(), item);
      run = [];
    }
  }
  return out;
}

const CREATION = 'nobody creates rooms here yet: this one is there from the beginning, unlocked';
const ANSWERS = 'the clients here answer requests by themselves, the recorded ones did not';
const NO_TO = 'Prosody leaves `to` out of this error, though not of others';
const NOT_YET: Record<string, Record<number, string>> = {
  '02a-message-resources': {},
  '02c-message-federated': { 9: 'no offline storage yet', 10: 'no offline storage yet' },
  '05b-iq-errors': {
    8: ANSWERS,
    24: ANSWERS,
    11: 'no PubSub service here yet',
    25: NO_TO,
    26: NO_TO,
    27: NO_TO,
    28: NO_TO,
    29: NO_TO,
    30: NO_TO,
    31: NO_TO,
    33: 'no server refuses connections here yet, so the text that says so is missing',
  },
  '07a-muc-create-join': {
    3: CREATION,
    4: CREATION,
    5: CREATION,
    6: CREATION,
    7: CREATION,
    8: CREATION,
    9: CREATION,
    29: CREATION,
    30: CREATION,
    26: 'streams do not break here yet',
    28: 'streams do not break here yet',
  },
  '07c-muc-nicks-pm-subject': {
    2: CREATION,
    3: CREATION,
    24: ANSWERS,
    26: 'the recorded answer repeats an id that Prosody made',
    27: 'no vCards are kept yet',
    18: 'Prosody still lists the client that has just left',
  },
  '07g-muc-federated': {
    2: CREATION,
    3: CREATION,
    12: ANSWERS,
    13: 'no moderation yet',
    14: 'no moderation yet',
    19: 'no invitations yet',
    15: 'streams do not break here yet',
    20: 'rooms are public here',
  },
};

test.runIf(existsSync(DIR)).each(Object.keys(NOT_YET))('%s: every step agrees with Prosody but those listed', (id) => {
  const { agreeing, differing } = replay(id);
  const unexpected = [...differing].filter(([step]) => NOT_YET[id]![step] === undefined);
  expect(unexpected.map(([step, why]) => `step ${step}: ${why}`).join('\n')).toBe('');
  expect(agreeing.length).toBeGreaterThan(8);
  for (const step of Object.keys(NOT_YET[id]!))
    expect(differing.has(Number(step)), `step ${step} agrees now: take it off the list`).toBe(true);
});
