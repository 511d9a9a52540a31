/** RFC 6121 §3, appendix A, as a law of both ends: whatever two accounts say to each other, in the end their rosters agree. Checklist T34. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Part } from '../../../src/protocol/parts.ts';
import type { ClientAct, XmppScenario } from '../../../src/protocol/scenario.ts';
import { play } from './host.ts';

const ALICE = 'alice@wonderland.lit';
const WORDS = ['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed', 'remove'] as const;
type Word = (typeof WORDS)[number];
/** What one of the two does; `crossed`: the other one's next word is said at the same moment. */
interface Turn {
  readonly by: 0 | 1;
  readonly word: Word;
  readonly crossed: boolean;
}

interface End {
  readonly to: boolean;
  readonly from: boolean;
  readonly asks: boolean;
  readonly isAsked: boolean;
}

/** What the roster of one says of the other, as the inspector shows it. */
function endOf(parts: readonly Part[], own: string, other: string): End {
  const table = parts.find((p) => p.key === `roster/${own}`);
  const row = table?.type === 'table' ? table.rows.find((r) => r.key === other) : undefined;
  const words = row?.cells[1]?.text ?? 'none';
  return {
    to: /^(to|both)/.test(words),
    from: /^(from|both)/.test(words),
    asks: words.includes('pending out'),
    isAsked: words.includes('and in') || words.includes('pending in') || words.startsWith('asks'),
  };
}

function ends(profile: 'prosody' | 'rfc', bob: string, turns: readonly Turn[]): readonly [End, End] {
  const people = [ALICE, bob] as const;
  const acts: [ClientAct[], ClientAct[]] = [[], []];
  let at = 1000;
  for (const { by, word, crossed } of turns) {
    const other = people[1 - by];
    const item = `<iq type='set' id='r'><query xmlns='jabber:iq:roster'><item jid='${other}' subscription='remove'/></query></iq>`;
    acts[by].push({ at, do: 'send', xml: word === 'remove' ? item : `<presence to='${other}' type='${word}'/>` });
    if (!crossed) at += 1000;
  }
  const domains = [...new Set(people.map((jid) => jid.split('@')[1]!))];
  const scenario: XmppScenario = {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    profile,
    id: 'pairs',
    title: '',
    summary: '',
    seed: '1',
    servers: domains.map((domain) => ({ domain })),
    clients: people.map((jid, i) => ({ jid: `${jid}/x`, acts: [{ at: 0, do: 'presence' }, ...acts[i]!] })),
    latency: { client: 10, federation: 10, component: 10 },
  };
  const { model } = play(scenario);
  const partsAt = (domain: string): readonly Part[] => model.inspect(model.stage.entities.jid.indexOf(domain));
  return [endOf(partsAt('wonderland.lit'), ALICE, bob), endOf(partsAt(bob.split('@')[1]!), bob, ALICE)];
}

const oneByOne = (turns: readonly Turn[]): Turn[] => turns.map(({ by, word }) => ({ by, word, crossed: false }));
/** Prosody keeps a request that a removal refuses (roster-remove-unavailable), so that it can be approved afterwards, to nobody's knowledge but one's own. */
const approvesWhatItRemoved = (turns: readonly Turn[]): boolean =>
  turns.some(({ by, word }, i) => word === 'remove' && turns.slice(i).some((later) => later.by === by && later.word === 'subscribed'));

const turn = fc.record({ by: fc.constantFrom(0 as const, 1 as const), word: fc.constantFrom(...WORDS), crossed: fc.boolean() });

describe.each(['prosody', 'rfc'] as const)('two ends (%s)', (profile) => {
  test.each(['bob@wonderland.lit', 'bob@realworld.lit'])(
    '[T34] what one has as `to` the other has as `from`, whatever was said: %s',
    (bob) => {
      fc.assert(
        fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), (said) => {
          const turns = bob.endsWith('@wonderland.lit') ? said : oneByOne(said);
          fc.pre(profile === 'rfc' || !approvesWhatItRemoved(turns));
          const [a, b] = ends(profile, bob, turns);
          expect([a.to, a.from]).toEqual([b.from, b.to]);
          // A word that crosses a question ends it at one side only; Prosody keeps a request that it refuses (roster-remove-unavailable).
          if (profile === 'rfc' && !turns.some((t) => t.crossed)) expect([a.asks, a.isAsked]).toEqual([b.isAsked, b.asks]);
        }),
        { numRuns: 100 },
      );
    },
  );

  // Between two servers a refusal may meet a new request on its way, and then the ends disagree: nothing in the protocol tells them.
  test('[T34] whatever crossed between two servers, when both have removed each other nothing is left at either end', () => {
    const removal: readonly Turn[] = ([0, 1] as const).map((by) => ({ by, word: 'remove', crossed: false }));
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), (turns) => {
        const [a, b] = ends(profile, 'bob@realworld.lit', [...turns, { by: 0, word: 'unsubscribe', crossed: false }, ...removal]);
        expect([a.to, a.from, b.to, b.from]).toEqual([false, false, false, false]);
      }),
      { numRuns: 60 },
    );
  });

  test.each(['bob@wonderland.lit', 'bob@realworld.lit'])(
    'approving what one has removed: Prosody kept the request, the other end did not: %s',
    (bob) => {
      const [a, b] = ends(
        profile,
        bob,
        (
          [
            [1, 'subscribe'],
            [0, 'subscribe'],
            [1, 'remove'],
            [1, 'subscribed'],
          ] as const
        ).map(([by, word]) => ({ by, word, crossed: false })),
      );
      expect([a.to, b.from]).toEqual([false, profile === 'prosody']);
    },
  );

  test.each(['bob@wonderland.lit', 'bob@realworld.lit'])('[T34] one and the other direction, asked and approved: %s', (bob) => {
    const turns = (list: readonly (readonly [0 | 1, Word])[]): Turn[] => list.map(([by, word]) => ({ by, word, crossed: false }));
    const none: End = { to: false, from: false, asks: false, isAsked: false };
    const asked = turns([[0, 'subscribe']]);
    expect(ends(profile, bob, asked)).toEqual([
      { ...none, asks: true },
      { ...none, isAsked: true },
    ]);
    const first = [...asked, ...turns([[1, 'subscribed']])];
    expect(ends(profile, bob, first)).toEqual([
      { ...none, to: true },
      { ...none, from: true },
    ]);
    const both = { ...none, to: true, from: true };
    expect(
      ends(profile, bob, [
        ...first,
        ...turns([
          [1, 'subscribe'],
          [0, 'subscribed'],
        ]),
      ]),
    ).toEqual([both, both]);
  });
});
