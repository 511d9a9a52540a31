/** RFC 6121 §8.5: every cell of the tables of what becomes of a stanza for a user, in both profiles. In brackets the rules of the shared checklist. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { connect, send, talk, type Step } from './conversation.ts';

type Profile = 'prosody' | 'rfc';
const A = 'alice@wonderland.lit';
const PROFILES = ['prosody', 'rfc'] as const;
const resource = (as: string, priority: number): Step => connect(as, 'alice', as, `<presence><priority>${priority}</priority></presence>`);

/** Who is there in each situation of Table 1. */
const SITUATIONS: Readonly<Record<string, readonly Step[]>> = {
  'ACCOUNT DOES NOT EXIST': [],
  'ACCOUNT EXISTS, BUT NO ACTIVE RESOURCES': [],
  '1+ NEGATIVE RESOURCES BUT ZERO NON-NEGATIVE RESOURCES': [resource('tea', -1)],
  '1 NON-NEGATIVE RESOURCE': [resource('tea', 0)],
  '1+ NON-NEGATIVE RESOURCES': [resource('tea', 0), resource('top', 5), resource('also', 5), resource('neg', -1)],
};
type Kind = 'normal' | 'chat' | 'groupchat' | 'headline' | 'error';
interface Row {
  readonly condition: string;
  readonly to: string;
  readonly cells: Readonly<Record<Kind, string>>;
}
const FILE = '../shared/conformance/vectors/message-delivery.json';
/** Column “error” is the checklist’s: [R40]. */
const rows: readonly Row[] = existsSync(FILE)
  ? (JSON.parse(readFileSync(FILE, 'utf8')) as { rows: readonly (Record<Exclude<Kind, 'error'>, string> & Row)[] }).rows.map(
      ({ condition, to, normal, chat, groupchat, headline }) => ({
        condition,
        to,
        cells: { normal, chat, groupchat, headline, error: to === 'full match' ? 'D' : 'S' },
      }),
    )
  : [];

/** What happened, in the table’s letters: S, E, O, D, M (all of the highest priority), A (all that are not negative). */
function outcome({ condition, to }: Row, kind: Kind, profile: Profile): string {
  const account = condition === 'ACCOUNT DOES NOT EXIST' ? 'nobody@wonderland.lit' : A;
  const full = to === 'full match' ? 'tea' : 'gone';
  const address = to === 'bare' ? account : `${account}/${full}`;
  const there = SITUATIONS[condition]!;
  const error = kind === 'error' ? "<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>" : '';
  const steps = [
    ...there,
    connect('m', 'madhatter', 'hat'),
    send('m', `<message to='${address}' type='${kind}' id='x'><body>x</body>${error}</message>`),
    resource('later', 10),
  ];
  const t = talk(steps, { profile });
  const at = there.length + 2;
  const names = there.map((step) => String(step['as']));
  const got = names.filter((name) => t.got(name, at).some((xml) => xml.includes("id='x'")));
  // Delivered as it was addressed: [R42].
  for (const name of got) expect(t.got(name, at)[0]).toMatch(new RegExp(`^<message [^>]*to='${address}'`));
  const back = t.got('m', at);
  const stored = t.got('later', at + 1).filter((xml) => xml.includes("id='x'"));
  expect(back.length + Math.min(got.length, 1) + stored.length, 'one thing happens, or nothing').toBeLessThanOrEqual(1);
  if (back.length > 0) {
    expect(back[0]).toMatch(/^<message [^>]*type='error'.*<error type='cancel'><service-unavailable /);
    return 'E';
  }
  if (stored.length > 0) {
    // With the time of its coming: [R43].
    expect(stored[0]).toContain("<delay xmlns='urn:xmpp:delay' from='wonderland.lit' stamp='T'/>");
    return 'O';
  }
  if (got.length === 0) return 'S';
  if (to === 'full match' || names.length === 1) return got.join() === 'tea' ? 'D' : got.join();
  return { 'top,also': 'M', 'tea,top,also': 'A' }[got.join()] ?? got.join();
}

/** Prosody treats normal messages for a resource that is gone as chat: conflicts.ts, message-normal-rerouted. */
const wanted = ({ to, cells }: Row, kind: Kind, profile: Profile): string =>
  profile === 'prosody' && kind === 'normal' && /no match/.test(to) ? cells.chat : cells[kind];

const cells = PROFILES.flatMap((profile) =>
  rows.flatMap((row) => Object.keys(row.cells).map((kind) => [profile, row.condition.toLowerCase(), row.to, kind as Kind, row] as const)),
);
test.runIf(rows.length > 0).each(cells)('Table 1 [R40, R41, R42, R43] (%s): %s, to %s: %s', (profile, _condition, _to, kind, row) => {
  const allowed = wanted(row, kind, profile).replaceAll('*', '').split('/');
  expect(allowed).toContain(outcome(row, kind, profile));
});
test.runIf(rows.length === 0)('SKIPPED: the table of messages, because ../shared/conformance is not there', () => {
  expect(rows).toEqual([]);
});

/** Presence and requests of the Mad Hatter to Alice at `tea`, who is there or not. Answers what she, her other resource and he got. */
function toAlice(profile: Profile, xml: string, available = true): readonly (readonly string[])[] {
  const there = available ? [resource('tea', 0), resource('top', -1)] : [connect('off', 'alice', 'off', undefined)];
  const steps = [...there, connect('m', 'madhatter', 'hat'), send('m', xml)];
  const t = talk(steps, { profile });
  return [t.got('tea', steps.length), t.got('top', steps.length), t.got('m', steps.length)];
}
const lengths = (got: readonly (readonly string[])[]): readonly number[] => got.map((list) => list.length);
const error = "<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

describe.each(PROFILES)('presence (%s)', (profile) => {
  const presence = (to: string, type: string, content = ''): string =>
    `<presence to='${to}'${type === '' ? '' : ` type='${type}'`}>${content}</presence>`;
  test.each(['', 'unavailable'])('§8.5.1, §8.5.2.1.2, §8.5.2.2.2, §8.5.3 [P07] of the type “%s”', (type) => {
    expect(lengths(toAlice(profile, presence('nobody@wonderland.lit', type)))).toEqual([0, 0, 0]);
    expect(lengths(toAlice(profile, presence('nobody@wonderland.lit/x', type)))).toEqual([0, 0, 0]);
    expect(lengths(toAlice(profile, presence(A, type)))).toEqual([1, 1, 0]);
    expect(lengths(toAlice(profile, presence(A, type), false))).toEqual([0, 0, 0]);
    expect(lengths(toAlice(profile, presence(`${A}/tea`, type)))).toEqual([1, 0, 0]);
    expect(lengths(toAlice(profile, presence(`${A}/gone`, type)))).toEqual([0, 0, 0]);
  });
  test('§8.5.3.1, §8.5.3.2.2 [P17] an error is for the resource that it names', () => {
    expect(lengths(toAlice(profile, presence(`${A}/tea`, 'error', error)))).toEqual([1, 0, 0]);
    expect(lengths(toAlice(profile, presence(`${A}/gone`, 'error', error)))).toEqual([0, 0, 0]);
    expect(lengths(toAlice(profile, presence('nobody@wonderland.lit', 'error', error)))).toEqual([0, 0, 0]);
  });
  test.each(['subscribed', 'unsubscribe', 'unsubscribed'])('§8.5.3.2.2 [T27] “%s” that nobody asked for reaches nobody', (type) => {
    for (const to of [A, `${A}/tea`, `${A}/gone`, 'nobody@wonderland.lit'])
      expect(lengths(toAlice(profile, presence(to, type)))).toEqual([0, 0, 0]);
  });
  test('§3.1.3, §8.5.3.2.2 [T22, T20] a request for a resource is one for the account', () => {
    for (const to of [A, `${A}/tea`, `${A}/gone`]) {
      const [tea, top] = toAlice(profile, presence(to, 'subscribe'));
      expect([tea, top]).toEqual([[expect.stringContaining("type='subscribe'")], [expect.stringContaining("type='subscribe'")]]);
      expect(tea![0]).toContain("from='madhatter@wonderland.lit'");
      expect(tea![0]).toContain(`to='${A}'`);
    }
  });
});

describe.each(PROFILES)('requests (%s)', (profile) => {
  const iq = (to: string, type: string): string =>
    `<iq to='${to}' type='${type}' id='i'>${type === 'error' ? error : "<pour xmlns='urn:tea'/>"}</iq>`;
  test.each(['get', 'set'])('§8.5.1, §8.5.2.1.3, §8.5.3 [R13] %s: the server answers for the account, a resource for itself', (type) => {
    const refused = [[], [], [expect.stringMatching(/type='error'.*<service-unavailable /)]];
    for (const to of ['nobody@wonderland.lit', 'nobody@wonderland.lit/x', A, `${A}/gone`])
      expect(toAlice(profile, iq(to, type)), to).toEqual(refused);
    expect(toAlice(profile, iq(A, type), false)).toEqual(refused);
    expect(lengths(toAlice(profile, iq(`${A}/tea`, type)))).toEqual([1, 0, 0]);
  });
  test.each(['result', 'error'])('§8.5.2.1.3, §8.5.3 [R08, R10] %s: nothing is ever answered to it', (type) => {
    for (const to of ['nobody@wonderland.lit', A, `${A}/gone`, 'wonderland.lit'])
      expect(lengths(toAlice(profile, iq(to, type))), to).toEqual([0, 0, 0]);
    expect(lengths(toAlice(profile, iq(`${A}/tea`, type)))).toEqual([1, 0, 0]);
  });
});
