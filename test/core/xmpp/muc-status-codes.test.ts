/** The status codes of XEP-0045 §15.6.2, one by one: where each of the shared table is seen, or why it is not sent here. */
import { expect, test } from 'vitest';
import { send, talk, type Step } from './conversation.ts';
import { affiliate, configure, join, online, presence, register, role, ROOM, sharedVectors, type Who } from './rooms.ts';

interface Row {
  readonly code: number;
  readonly stanza: string;
  readonly purpose: string;
}
/** Who sees the code in the last step, in which kind of stanza. */
interface Seen {
  readonly steps: readonly Step[];
  readonly by: readonly Who[];
  readonly not?: readonly Who[];
  readonly in: RegExp;
  /** What the service is set up with. */
  readonly modules?: readonly string[];
}
const open = [...online('q', 'a'), join('q'), configure('q')];
const both = [...open, join('a')];
const three = [...both, ...online('m'), join('m')];
const going = /^<presence[^>]* type='unavailable'/;
const there = /^<presence(?![^>]*type=)/;
const notice = /^<message[^>]*type='groupchat'/;

const SEEN: Readonly<Record<number, Seen>> = {
  100: { steps: [...online('q', 'a'), join('q'), configure('q', { whois: 'anyone' }), join('a')], by: ['a'], not: ['q'], in: there },
  104: { steps: [...both, configure('q', { roomname: 'Tea' })], by: ['q', 'a'], in: notice },
  110: { steps: [...open, join('a')], by: ['a'], not: ['q'], in: there },
  172: { steps: [...both, configure('q', { whois: 'anyone' })], by: ['q', 'a'], in: notice },
  173: { steps: [...both, configure('q', { whois: 'anyone' }), configure('q', { whois: 'moderators' })], by: ['q', 'a'], in: notice },
  170: {
    steps: [...both, configure('q', { enablearchiving: '0' }), configure('q', { enablearchiving: '1' })],
    by: ['q', 'a'],
    in: notice,
    modules: ['xep-0313-muc'],
  },
  171: { steps: [...both, configure('q', { enablearchiving: '0' })], by: ['q', 'a'], in: notice, modules: ['xep-0313-muc'] },
  201: { steps: [...online('q'), join('q')], by: ['q'], in: there },
  210: {
    steps: [...open, affiliate('q', 'a', 'member'), register('a', 'Hare'), join('a')],
    by: ['a'],
    not: ['q'],
    in: there,
    modules: ['muc-registered-nicks'],
  },
  301: { steps: [...three, affiliate('q', 'a', 'outcast')], by: ['q', 'a', 'm'], in: going },
  303: { steps: [...three, presence('a', '', '', 'Al')], by: ['q', 'a', 'm'], in: going },
  307: { steps: [...three, role('q', 'a', 'none')], by: ['q', 'a', 'm'], in: going },
  321: {
    steps: [
      ...online('q', 'a'),
      join('q'),
      configure('q', { membersonly: '1' }),
      affiliate('q', 'a', 'member'),
      join('a'),
      affiliate('q', 'a', 'none'),
    ],
    by: ['q', 'a'],
    in: going,
  },
  322: { steps: [...both, configure('q', { membersonly: '1' })], by: ['a'], in: going },
  333: {
    steps: [
      ...both,
      send(
        'a',
        `<message to='${ROOM}' type='error'><error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
      ),
    ],
    by: ['q'],
    in: going,
  },
};
const NOT_SENT: Readonly<Record<number, string>> = {
  101: 'Prosody tells the moderators of a change for somebody absent, not that person',
  102: 'Prosody shows the absent (presencebroadcast none) without a code',
  103: 'as 102',
  332: 'Prosody finds its rooms again with their occupants, and does not empty them when it stops',
};

const vectors = sharedVectors('muc-status-codes.json') as readonly Row[] | undefined;
const rows = vectors ?? Object.keys(SEEN).map((code): Row => ({ code: Number(code), stanza: '', purpose: '' }));
if (!vectors) console.warn('the shared table of status codes is not there: the codes are taken from the test itself');

test.each(rows.map((r) => [r.code, r] as const))('XEP-0045 §15.6.2: status %i', (code, row) => {
  const seen = SEEN[code];
  if (!seen) {
    expect(NOT_SENT[code], `${code}, ${row.purpose}: neither tested nor said why not`).toBeTypeOf('string');
    return;
  }
  const played = talk(seen.steps, { modules: seen.modules ?? [] });
  const having = (who: Who): string[] => played.got(who, seen.steps.length).filter((xml) => xml.includes(`code='${code}'`));
  for (const who of seen.by) expect(having(who), `${who} sees ${code}`).toEqual([expect.stringMatching(seen.in)]);
  for (const who of seen.not ?? []) expect(having(who), `${who} does not see ${code}`).toEqual([]);
});

test('XEP-0045 §7.2.12: by the specification who enters an archived room is told so by 170, which Prosody does not do', () => {
  const told = (profile: 'prosody' | 'rfc', modules: readonly string[], steps = both): boolean =>
    talk(steps, { profile, modules })
      .got('a', steps.length)
      .some((xml) => xml.includes("code='170'"));
  const archives = ['xep-0313-muc'];
  expect([told('prosody', archives), told('rfc', archives), told('rfc', [])]).toEqual([false, true, false]);
  expect(told('rfc', archives, [...open, configure('q', { enablearchiving: '0' }), join('a')])).toBe(false);
});

test('XEP-0045 §10.2: by the specification those who stay are told of a removal by 322, which Prosody does not do', () => {
  const steps = [...both, configure('q', { membersonly: '1' })];
  const told = (profile: 'prosody' | 'rfc'): boolean =>
    talk(steps, { profile })
      .got('q', steps.length)
      .some((xml) => xml.includes("code='322'"));
  expect([told('prosody'), told('rfc')]).toEqual([false, true]);
});
