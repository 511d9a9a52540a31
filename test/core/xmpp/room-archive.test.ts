/** What a room keeps and what a moderator takes back: XEP-0313 for rooms, XEP-0359, XEP-0425; and what a room takes: mod_muc_limits. */
import { describe, expect, test } from 'vitest';
import { send, talk, type Step } from './conversation.ts';
import { affiliate, bareOf, configure, iq, join, NICKS, online, presence, ROOM, say, type Who } from './rooms.ts';

const MAM = 'urn:xmpp:mam:2';
const MODERATE = 'urn:xmpp:message-moderate:1';
const RETRACT = 'urn:xmpp:message-retract:1';
const inside: readonly Step[] = [...online('q', 'm', 'k'), join('q'), configure('q'), join('m')];
const query = (who: Who, content = ''): Step => iq(who, 'set', `<query xmlns='${MAM}' queryid='f'>${content}</query>`);
const spoken = (who: Who, text: string): Step => say(who, `<body>${text}</body>`);
const idIn = (xml: string | undefined): string => new RegExp(`<stanza-id [^>]*by='${ROOM}' id='([^']+)'`).exec(xml ?? '')?.[1] ?? 'none';
const modules = ['xep-0313-muc', 'xep-0425'];
const played = (...steps: readonly Step[]) => talk(steps, { modules });
/** What `who` gets in the last of the steps. */
const last = (who: Who, ...steps: readonly Step[]) => played(...steps).got(who, steps.length);

describe('archives of rooms', () => {
  test('XEP-0359 §3.1: what a room keeps has an id of its own, in its name only, the same for all and in its history', () => {
    const forged = `<body>a</body><stanza-id xmlns='urn:xmpp:sid:0' by='${ROOM}' id='mine'/>`;
    const steps = [...inside, say('m', forged), join('k')];
    const { got } = played(...steps);
    const [own] = got('m', steps.length - 1);
    expect(own?.match(/<stanza-id/g)).toHaveLength(1);
    expect(idIn(own)).not.toBe('mine');
    expect(idIn(got('q', steps.length - 1)[0])).toBe(idIn(own));
    expect(got('k', steps.length).filter((xml) => xml.startsWith('<message') && idIn(xml) === idIn(own))).toHaveLength(1);
  });

  test('XEP-0313 §4.2, §6.1.4: the archive answers with what was reflected, page by page, and with the ids that were given', () => {
    const said = ['one', 'two', 'three'].map((text) => spoken('m', text));
    const steps = [...inside, ...said, query('q', "<set xmlns='http://jabber.org/protocol/rsm'><max>2</max></set>")];
    const { got } = played(...steps);
    const answers = got('q', steps.length);
    expect(answers).toHaveLength(3);
    expect(answers[0]).toMatch(
      new RegExp(`^<message to='[^']+' from='${ROOM}'.*<result xmlns='${MAM}' queryid='f' id='${idIn(got('m', inside.length + 1)[0])}'>`),
    );
    expect(answers[0]).toContain(`from='${ROOM}/${NICKS.m}'`);
    expect(answers[0]).toContain('<body>one</body>');
    expect(answers[2]).toContain('<count>3</count>');
    expect(answers[2]).not.toContain("complete='true'");
    // A real address is nobody's to learn from it.
    expect(answers.join('')).not.toContain(bareOf('m'));
  });

  test('XEP-0334: what is not to be stored has no id and is not in the archive; nor are private messages', () => {
    const quiet = say('m', "<body>psst</body><no-store xmlns='urn:xmpp:hints'/>");
    const secret = say('m', '<body>you</body>', `${ROOM}/${NICKS.q}`, 'chat');
    const steps = [...inside, quiet, secret, query('q')];
    const { got } = played(...steps);
    expect(idIn(got('q', inside.length + 1)[0])).toBe('none');
    expect(got('q', steps.length)).toEqual([expect.stringMatching(/<fin .*complete='true'.*<count>0<\/count>/)]);
  });

  test('XEP-0313 §6.1.4: who may not enter may not read; who may, can from outside', () => {
    expect(last('k', ...inside, spoken('m', 'a'), query('k'))).toHaveLength(2);
    expect(last('k', ...inside, affiliate('q', 'k', 'outcast'), query('k'))[0]).toContain('<forbidden');
    expect(last('k', ...inside, configure('q', { membersonly: '1' }), query('k'))[0]).toContain('<forbidden');
    expect(last('k', ...online('k'), query('k'))[0]).toContain('<item-not-found');
    const wrong = "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>other</value></field></x>";
    expect(last('q', ...inside, query('q', wrong))[0]).toContain('<bad-request');
    expect(
      last('q', ...inside, spoken('m', 'a'), query('q', "<set xmlns='http://jabber.org/protocol/rsm'><after>no</after></set>"))[0],
    ).toContain('<item-not-found');
  });

  test('XEP-0030: a room says so where it is loaded, and only there', () => {
    const steps = [...inside, iq('q', 'get', "<query xmlns='http://jabber.org/protocol/disco#info'/>")];
    for (const ns of [MAM, 'urn:xmpp:sid:0', MODERATE]) {
      expect(last('q', ...steps)[0]).toContain(`<feature var='${ns}'/>`);
      expect(talk(steps).got('q', steps.length)[0]).not.toContain(`<feature var='${ns}'/>`);
    }
  });
});

describe('XEP-0425 moderation', () => {
  const moderate = (who: Who, id: string, reason = '<reason>Rude</reason>'): Step =>
    iq(who, 'set', `<moderate xmlns='${MODERATE}' id='${id}'><retract xmlns='${RETRACT}'/>${reason}</moderate>`);
  const rude = [...inside, spoken('m', 'rude')];
  const id = idIn(played(...rude).got('q', rude.length)[0]);

  test('§4, §5: everyone is told which message, by whom and why; then the moderator has the result', () => {
    const steps = [...rude, moderate('q', id)];
    const { got } = played(...steps);
    const told = new RegExp(
      `^<message type='groupchat' from='${ROOM}' .*<retract xmlns='${RETRACT}' id='${id}'><moderated xmlns='${MODERATE}' by='${ROOM}/${NICKS.q}'><occupant-id .*</moderated><reason>Rude</reason></retract>`,
    );
    expect(got('m', steps.length)).toEqual([expect.stringMatching(told)]);
    expect(got('q', steps.length)).toEqual([expect.stringMatching(told), expect.stringMatching(/^<iq type='result'/)]);
  });

  test('XEP-0424 §4: a tombstone is left in the archive, and newcomers do not get the message', () => {
    const steps = [...rude, moderate('q', id), join('k'), query('k')];
    const { got } = played(...steps);
    expect(got('k', steps.length - 1).join('')).not.toContain('rude');
    const [kept] = got('k', steps.length);
    expect(kept).toContain(`<retracted xmlns='${RETRACT}' id=`);
    expect(kept).toContain(`from='${ROOM}/${NICKS.m}'`);
    expect(kept).not.toContain('<body>');
  });

  test('§4: moderators only, of messages that there are, and that are there still', () => {
    expect(last('m', ...rude, moderate('m', id))[0]).toContain('<forbidden');
    expect(last('k', ...rude, moderate('k', id))[0]).toContain('<forbidden');
    expect(last('q', ...rude, moderate('q', 'no'))[0]).toContain('<item-not-found');
    expect(last('q', ...rude, moderate('q', id), moderate('q', id))[0]).toContain('<item-not-found');
    expect(last('q', ...rude, iq('q', 'set', `<moderate xmlns='${MODERATE}' id='${id}'/>`))[0]).toContain('<bad-request');
  });

  test('nobody writes in a moderator’s name', () => {
    const forged = `<body>x</body><retract xmlns='${RETRACT}' id='${id}'><moderated xmlns='${MODERATE}' by='${ROOM}/${NICKS.q}'/></retract>`;
    expect(last('q', ...rude, say('m', forged))[0]).not.toContain('<retract');
  });
});

describe('mod_muc_limits', () => {
  const limited = (all: readonly Step[]) => talk(all, { modules: ['muc-limits'] });
  /** So many messages at once. */
  const bomb = (count: number): Step =>
    send(
      'm',
      Array.from({ length: count }, (_, i) => `<message to='${ROOM}' type='groupchat' id='b${i}'><body>${i}</body></message>`),
    );

  test('a message bomb: three at once, the rest comes back with policy-violation, type wait', () => {
    const all = [...inside, bomb(20)];
    const refused = limited(all)
      .got('m', all.length)
      .filter((xml) => xml.includes('<policy-violation'));
    expect(refused.length).toBeGreaterThanOrEqual(17);
    expect(refused[0]).toContain("type='wait'");
    expect(limited(all).got('q', all.length)).toHaveLength(20 - refused.length);
  });

  test('after a while it may go on', () => {
    const pause = Array.from({ length: 20 }, (): Step => ({ op: 'note', text: 'time goes by' }));
    const all = [...inside, bomb(5), ...pause, spoken('m', 'later')];
    expect(limited(all).got('q', all.length)).toHaveLength(1);
  });

  test('who has an affiliation is not limited', () => {
    const all = [...inside, affiliate('q', 'm', 'member'), bomb(20)];
    expect(limited(all).got('q', all.length)).toHaveLength(20);
  });

  test('a message that is too long, and a nick', () => {
    for (const body of ['a'.repeat(5665), 'a\n'.repeat(24)]) {
      const all = [...inside, spoken('m', body)];
      expect(limited(all).got('m', all.length)[0]).toMatch(/type='modify'.*<policy-violation/);
      expect(limited(all).got('q', all.length)).toEqual([]);
    }
    const all = [...inside, presence('k', "<x xmlns='http://jabber.org/protocol/muc'/>", '', 'k'.repeat(24))];
    expect(limited(all).got('k', all.length)[0]).toContain('<policy-violation');
  });
});
