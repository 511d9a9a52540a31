/** Ad-hoc commands (XEP-0050): lists, runs of several stages, sessions, errors; and those of a server's admins (XEP-0133). Checklist Q08. */
import { expect, test } from 'vitest';
import type { ClientAct, XmppScenario } from '../../../src/protocol/scenario.ts';
import { MS, online, scene, SECOND } from '../../../src/scenarios/xmpp/parts.ts';
import { play } from './host.ts';

const COMMANDS = 'http://jabber.org/protocol/commands';
const ADMIN = 'http://jabber.org/protocol/admin';
const BOT = 'bot@a.lit/tea';
const S = "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'";

type Turn = readonly [to: string, node: string, attrs: string, content?: string];
interface Said {
  /** The answers to its turns, in order. */
  readonly ada: readonly string[];
  readonly all: (jid: string) => readonly string[];
}

/** One turn a second; `SESSION` is the session of the answer before. */
function say(turns: readonly (Turn | 'wait')[], more: { readonly profile?: 'prosody' | 'rfc'; readonly by?: string } = {}): Said {
  const acts: ClientAct[] = [];
  let at = SECOND;
  turns.forEach((turn, i) => {
    if (turn === 'wait') {
      at += 1000 * SECOND;
      return;
    }
    const [to, node, attrs, content = ''] = turn;
    const text = `<iq type='set' id='t${i}' to='${to}'><command xmlns='${COMMANDS}' node='${node}'${attrs.replace('SESSION', '{{session}}')}>${content}</command></iq>`;
    acts.push({ at, do: 'type', text }, { at: at + 500 * MS, do: 'save', pattern: "sessionid='([^']+)'", variable: 'session' });
    at += SECOND;
  });
  const by = more.by ?? 'ada@a.lit/x';
  const scenario: XmppScenario = scene({
    id: 'c',
    title: 'c',
    summary: '',
    profile: more.profile ?? 'prosody',
    until: at + 60 * SECOND,
    servers: [{ domain: 'a.lit', modules: ['xep-0133'], admins: ['queen@a.lit'] }],
    clients: [
      { ...online(BOT, 0), agents: ['tea-maker'] },
      online('ada@a.lit/x', 1, ...(by === 'ada@a.lit/x' ? acts : [])),
      online('queen@a.lit/x', 2, ...(by === 'queen@a.lit/x' ? acts : [])),
    ],
  });
  const { sent } = play(scenario);
  const to = (jid: string) => sent.filter((r) => r.to === jid);
  return {
    ada: to(by)
      .filter((r) => r.stanza.name === 'iq' && r.stanza.attrs['id']?.startsWith('t'))
      .map((r) => r.xml),
    all: (jid) => to(jid).map((r) => r.xml),
  };
}
const form = (...fields: readonly (readonly [string, string])[]): string =>
  `<x xmlns='jabber:x:data' type='submit'>${fields.map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`).join('')}</x>`;
const on = (action: string): string => ` sessionid='SESSION' action='${action}'`;
const begin: Turn = [BOT, 'order-tea', ''];
const sessionOf = (xml: string): string | undefined => /sessionid='([^']+)'/.exec(xml)?.[1];
const statusOf = (xml: string): string | undefined => /status='(\w+)'/.exec(xml)?.[1] ?? /<error type='\w+'[^>]*><([\w-]+)/.exec(xml)?.[1];
const actionsOf = (xml: string): string | undefined => /<actions.*?<\/actions>/.exec(xml)?.[0];
const appOf = (xml: string): string | undefined => new RegExp(`<([\\w-]+) xmlns='${COMMANDS}'/>`).exec(xml)?.[1];

test('Q08 XEP-0050 §2.4.1: a command without a form is completed at once', () => {
  const [answer] = say([['a.lit', 'uptime', '']]).ada;
  expect(answer).toMatch(
    new RegExp(
      `^<iq type='result' id='t0' from='a.lit' to='ada@a.lit/x'><command xmlns='${COMMANDS}' node='uptime' sessionid='[^']+' status='completed'><note type='info'>This server has been running for 0 days, 0 hours and 0 minutes \\(since \\w{3} \\w{3} +\\d+ 00:00:00 \\d{4}\\)</note></command></iq>$`,
    ),
  );
});

test('Q08 XEP-0050 §2.4.2: stages, one session, back with what was filled in, completed', () => {
  const { ada } = say([
    begin,
    [BOT, 'order-tea', on('next'), form(['tea', 'Assam'])],
    [BOT, 'order-tea', on('prev')],
    [BOT, 'order-tea', on('execute'), form(['tea', 'Earl Grey'])],
    [BOT, 'order-tea', on('execute'), form(['cups', '2'], ['with', '1'])],
    [BOT, 'order-tea', on('complete'), form(['seat', 'at the far end'])],
  ]);
  expect(ada.map(statusOf)).toEqual(['executing', 'executing', 'executing', 'executing', 'executing', 'completed']);
  expect(new Set(ada.map(sessionOf)).size).toBe(1);
  expect(ada.slice(0, 5).map(actionsOf)).toEqual([
    "<actions execute='next'><next/></actions>",
    "<actions execute='next'><prev/><next/><complete/></actions>",
    "<actions execute='next'><next/></actions>",
    "<actions execute='next'><prev/><next/><complete/></actions>",
    "<actions execute='complete'><prev/><complete/></actions>",
  ]);
  expect(ada[1]).toContain("label='With milk'");
  expect(ada[2]).toContain("<field type='list-single' var='tea' label='Tea'><required/><value>Assam</value>");
  expect(ada[3]).toContain("label='With lemon'");
  expect(ada[5]).toContain("<note type='info'>2 cups of Earl Grey with lemon, at the far end</note>");
});

test('Q08 XEP-0050 §3.4: what stands in later stages may be left out where the responder says so', () => {
  const { ada } = say([
    begin,
    [BOT, 'order-tea', on('next'), form(['tea', 'Assam'])],
    [BOT, 'order-tea', on('complete'), form(['cups', '1'])],
  ]);
  expect(ada[2]).toContain('A cup of Assam, next to the Hatter');
});

test('Q08 XEP-0050 §2.4.3, §3.3: a run that is canceled is over, and its session is nobody’s any more', () => {
  const { ada } = say([begin, [BOT, 'order-tea', on('cancel')], [BOT, 'order-tea', on('next'), form(['tea', 'Assam'])]]);
  expect(ada.map(statusOf)).toEqual(['executing', 'canceled', 'bad-request']);
  expect(ada[1]).not.toContain('<note');
  expect(appOf(ada[2]!)).toBe('bad-sessionid');
});

test.each([
  ['malformed-action', [begin, [BOT, 'order-tea', on('jump')]]],
  ['bad-action', [begin, [BOT, 'order-tea', on('prev')]]],
  ['bad-action', [begin, [BOT, 'order-tea', on('complete'), form(['tea', 'Assam'])]]],
  ['bad-action', [[BOT, 'order-tea', " action='next'"]]],
  ['bad-locale', [[BOT, 'order-tea', " xml:lang='de'"]]],
  ['bad-payload', [begin, [BOT, 'order-tea', on('next'), form(['tea', 'Coffee'])]]],
  ['bad-payload', [begin, [BOT, 'order-tea', on('next'), form(['tea', ''])]]],
  ['bad-sessionid', [[BOT, 'order-tea', " sessionid='mine'"]]],
] as const)('Q08 XEP-0050 §4.4: bad-request with %s', (app, turns) => {
  const answer = say(turns as readonly Turn[]).ada.at(-1)!;
  expect(answer).toContain(`<error type='modify'><bad-request ${S}/>`);
  expect(appOf(answer)).toBe(app);
});

test('Q08 XEP-0050 §3.3, §4.4: a responder does not wait for ever; after a refused form the run goes on', () => {
  const late = say([begin, 'wait', [BOT, 'order-tea', on('next'), form(['tea', 'Assam'])], [BOT, 'order-tea', on('next')]]).ada;
  expect(late[1]).toContain(`<error type='cancel'><not-allowed ${S}/><session-expired xmlns='${COMMANDS}'/></error>`);
  expect(appOf(late[2]!)).toBe('bad-sessionid');
  const again = say([begin, [BOT, 'order-tea', on('next'), form(['tea', 'Mud'])], [BOT, 'order-tea', on('next'), form(['tea', 'Assam'])]]);
  // An error names no session, so the last one that was told is still meant.
  expect(again.ada.map(statusOf)).toEqual(['executing', 'bad-request', 'executing']);
});

test('Q08 XEP-0050 §4.4: what there is not, and what is for others', () => {
  const node = `${ADMIN}#announce`;
  const strict = say(
    [
      ['a.lit', 'none', ''],
      ['a.lit', node, ''],
    ],
    { profile: 'rfc' },
  ).ada;
  expect(strict[0]).toContain(`<error type='cancel'><item-not-found ${S}/></error></iq>`);
  expect(strict[1]).toMatch(/<error type='auth'><forbidden [^>]*\/><text [^>]*>[^<]+<\/text><\/error><\/iq>$/);
  // As it was recorded with Prosody 0.12.3.
  const prosody = say([
    ['a.lit', 'none', ''],
    ['a.lit', node, ''],
  ]).ada;
  expect(prosody[0]).toContain(`<error type='cancel'><service-unavailable ${S}/></error></iq>`);
  expect(prosody[1]).toMatch(
    new RegExp(
      `</error><command xmlns='${COMMANDS}' node='${ADMIN}#announce' status='canceled'><note type='error'>[^<]+</note></command></iq>$`,
    ),
  );
});

test('as Prosody has it: any session, any action; what is wrong with a form completes the command with a note', () => {
  const roster = `${ADMIN}#get-user-roster`;
  const turns: readonly Turn[] = [
    ['a.lit', roster, " sessionid='x' action='prev'", form()],
    ['a.lit', roster, " sessionid='x' action='complete'", form(['accountjid', 'ada@a.lit'])],
    ['a.lit', roster, " sessionid='y' action='cancel'"],
    ['a.lit', roster, " sessionid='y' action='cancel'"],
  ];
  const { ada: king } = say(turns, { by: 'queen@a.lit/x' });
  expect(king[0]).toContain("sessionid='x' status='completed'><note type='error'>accountjid: Required value missing</note></command>");
  expect(king[1]).toContain("sessionid='x' status='completed'><x xmlns='jabber:x:data' type='result'>");
  expect(king[1]).toContain("<query xmlns='jabber:iq:roster'/></x>");
  expect(king[2]).toContain("status='executing'><actions execute='complete'><next/><complete/></actions>");
  expect(king[3]).toContain("status='canceled'/>");
  const strict = say(turns, { by: 'queen@a.lit/x', profile: 'rfc' }).ada;
  expect(strict.map(appOf)).toEqual(['bad-sessionid', 'bad-sessionid', 'bad-sessionid', 'bad-sessionid']);
});

test('XEP-0133 §4.6, §4.9, §4.16, §4.20: who is online, what is known of them, a word to all, and the end of a session', () => {
  const one = (node: string, ...fields: readonly (readonly [string, string])[]): readonly Turn[] => [
    ['a.lit', `${ADMIN}#${node}`, ''],
    ['a.lit', `${ADMIN}#${node}`, on('complete'), form(...fields)],
  ];
  const { ada: queen, all } = say(
    [
      ...one('get-online-users-list', ['max_items', 'all'], ['details', '1']),
      ...one('user-stats', ['accountjid', 'ada@a.lit']),
      ...one('user-stats', ['accountjid', 'nobody@a.lit']),
      ...one('user-stats', ['accountjid', 'ada@b.lit']),
      ...one('announce', ['subject', 'Croquet'], ['announcement', 'Now']),
      ...one('end-user-session', ['accountjids', 'ada@a.lit']),
      ...one('get-online-users-list', ['max_items', '25']),
    ],
    { by: 'queen@a.lit/x' },
  );
  expect(queen.map(statusOf).filter((s) => s !== 'executing')).toEqual(Array.from({ length: 7 }, () => 'completed'));
  expect(queen[1]).toContain('<value>ada@a.lit</value><value> - x: available(0)</value><value>bot@a.lit</value>');
  expect(queen[3]).toMatch(/rostersize'[^>]*><value>0<.*<value>x<\/value>/);
  expect(queen[5]).toContain("<note type='error'>User does not exist</note>");
  expect(queen[7]).toMatch(/<note type='error'>[^<]*a\.lit/);
  expect(queen[9]).toContain('Announcement sent to 3 online users');
  expect(all('ada@a.lit/x')).toContainEqual(
    expect.stringMatching(/^<message type='headline' from='a.lit' to='ada@a.lit'><body>Now<\/body><subject>Croquet<\/subject>/),
  );
  expect(queen[13]).not.toContain('ada@a.lit');
});
