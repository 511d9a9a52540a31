/** MIX: channels (XEP-0369), their presence (XEP-0403), and the server of an account that takes part (XEP-0405). */
import { expect, test } from 'vitest';
import { MS, SECOND } from '../../../src/scenarios/xmpp/parts.ts';
import { play, type Played } from './host.ts';
import { ALL, ask, CHANNEL, channelScene, CORE, here, join, leave, mark, PAM, PUBSUB, say, xml } from './mix.ts';

interface Talk extends Played {
  got(client: string, since?: number, until?: number): readonly string[];
}
function talk(...of: Parameters<typeof channelScene>): Talk {
  const played = play(channelScene(...of));
  return {
    ...played,
    got: (client, since = 0, until = Infinity) =>
      played.sent.filter((r) => r.to === client && r.tick >= since * MS && r.tick < until * MS).map((r) => r.xml),
  };
}

const two = talk({
  'ada@a.lit/x': [here(0), join(100, 'Ada'), say(3000, 'a1')],
  'bob@b.lit/x': [here(0), join(1000, 'Bob'), say(4000, 'b1'), leave(6000)],
  'bob@b.lit/y': [mark(2000), here(2001)],
  'bob@b.lit/old': [here(0)],
});

test('X01 XEP-0405 §2.6, XEP-0369 §7.1.2: a join goes by the own server, from the account; participants are told', () => {
  const asked = two.sent.filter((r) => r.rule === 'xep-0405/2.6/join').map((r) => r.xml);
  expect(asked[1]).toMatch(/^<iq type='set' from='bob@b.lit' to='tea@mix.a.lit' id='j'><join xmlns='urn:xmpp:mix:core:1'><subscribe /);
  const answer = two.got('bob@b.lit/x', 1000, 2000).find((x) => x.startsWith("<iq type='result'"));
  expect(answer).toMatch(
    /^<iq type='result' id='j' from='bob@b.lit' to='bob@b.lit\/x'><client-join xmlns='urn:xmpp:mix:pam:2'><join xmlns='urn:xmpp:mix:core:1' id='\w+'>/,
  );
  expect(answer).toContain("<subscribe node='urn:xmpp:mix:nodes:messages'/>");
  const event = two.got('ada@a.lit/x', 1000, 2000).find((x) => x.includes('pubsub#event'));
  expect(event).toMatch(
    /<items node='urn:xmpp:mix:nodes:participants'><item id='\w+'><participant xmlns='urn:xmpp:mix:core:1'><nick>Bob<\/nick><jid>bob@b.lit<\/jid>/,
  );
});

test('XEP-0405 §2.8: the channel is in the roster, told of presence, and not of a client that does not know MIX', () => {
  const seen = two.sent.filter((r) => r.to === 'mix.a.lit' && r.stanza.name === 'presence').map((r) => r.stanza.attrs['from']);
  expect(new Set(seen)).toEqual(new Set(['ada@a.lit/x', 'bob@b.lit/x', 'bob@b.lit/y', 'bob@b.lit']));
  const t = talk({ 'ada@a.lit/x': [xml(0, "<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>"), here(1), join(100, 'Ada')] });
  expect(t.got('ada@a.lit/x', 100).join('')).toContain("<item jid='tea@mix.a.lit' subscription='from'/>");
});

test('XEP-0405 §2.9: only who asks for it has channels marked in the roster', () => {
  const marked = two.got('bob@b.lit/y', 2000, 3000).join('');
  expect(marked).toMatch(/<item jid='tea@mix.a.lit' subscription='from'><channel xmlns='urn:xmpp:mix:roster:0' participant-id='\w+'\/>/);
  expect([...two.got('bob@b.lit/x'), ...two.got('ada@a.lit/x')].join('')).not.toContain('mix:roster');
});

test('X02 XEP-0369 §7.1.6, XEP-0405 §2.2: one copy for each account, whose server hands it to each client that knows MIX', () => {
  const copies = two.sent.filter((r) => r.from === 'mix.a.lit' && r.stanza.attrs['id'] === 'b1');
  expect(copies.map((r) => r.stanza.attrs['to'])).toEqual(['ada@a.lit', 'bob@b.lit']);
  expect(copies[0]?.xml).toMatch(
    /from='tea@mix.a.lit\/\w+'><body>b1<\/body><mix xmlns='urn:xmpp:mix:core:1'><nick>Bob<\/nick><jid>bob@b.lit<\/jid><\/mix><stanza-id xmlns='urn:xmpp:sid:0' by='tea@mix.a.lit' id=/,
  );
  for (const client of ['bob@b.lit/x', 'bob@b.lit/y']) {
    const own = two.got(client).filter((x) => x.includes("id='b1'"));
    expect(own, client).toHaveLength(1);
    expect(own[0]).toContain(`to='${client}'`);
  }
  expect(two.got('bob@b.lit/old').filter((x) => x.includes("id='b1'"))).toEqual([]);
});

test('XEP-0403 §3.1, §3.2, §3.4: presence comes from encoded addresses, all of it to who subscribes, and goes with who leaves', () => {
  expect(two.got('ada@a.lit/x', 1000, 2000).join('')).toMatch(
    /<presence from='\w+#tea@mix.a.lit\/x' to='ada@a.lit\/x'>.*<mix xmlns='urn:xmpp:mix:presence:0'><nick>Bob<\/nick><jid>bob@b.lit\/x<\/jid><\/mix><\/presence>/,
  );
  expect(two.got('bob@b.lit/x', 1000, 2000).join('')).toContain('<jid>ada@a.lit/x</jid>');
  const gone = two.got('ada@a.lit/x', 6000).filter((x) => x.startsWith("<presence type='unavailable'"));
  expect(gone.map((x) => /<jid>(.*?)<\/jid>/.exec(x)?.[1]).sort()).toEqual(['bob@b.lit/x', 'bob@b.lit/y']);
});

test('X03 XEP-0369 §7.1.3, XEP-0405 §2.7: who leaves is retracted; nobody has to be online to take part', () => {
  expect(two.got('ada@a.lit/x', 6000).join('')).toMatch(/<items node='urn:xmpp:mix:nodes:participants'><retract id='\w+'\/>/);
  const result = two.got('bob@b.lit/x', 6000).find((x) => x.startsWith("<iq type='result'"));
  expect(result).toContain(`<client-leave ${PAM}><leave ${CORE}/></client-leave>`);
  const t = talk({
    'ada@a.lit/x': [here(0), join(100, 'Ada'), xml(1000, "<presence type='unavailable'/>"), mark(5000), here(5001)],
    'bob@b.lit/x': [here(0), join(500, 'Bob'), say(2000, 'b1'), say(6000, 'b2')],
  });
  expect(t.got('ada@a.lit/x', 1500, 4900)).toEqual([]);
  expect(t.silences.map((s) => s.rule)).toContain('xep-0405/2.2/nobody');
  expect(t.got('ada@a.lit/x', 4900).join('')).toContain("id='b2'");
  expect(t.got('ada@a.lit/x', 4900).join('')).toContain('<jid>bob@b.lit/x</jid>');
});

test('XEP-0369 §7.1.5: a nick is changed, by who takes part, to one that nobody has; whoever joins needs one', () => {
  const t = talk({
    'ada@a.lit/x': [here(0), join(100, 'Ada')],
    'bob@b.lit/x': [
      here(0),
      join(1000, 'Ada', ALL, 'taken'),
      join(1500, '', ALL, 'none'),
      ask(2000, 'set', `<setnick ${CORE}><nick>Bob</nick></setnick>`),
      join(3000, 'Bob'),
      ask(4000, 'set', `<setnick ${CORE}><nick>Ada</nick></setnick>`),
      ask(5000, 'set', `<setnick ${CORE}><nick>Robert</nick></setnick>`),
      ask(6000, 'set', `<setnick ${CORE}><nick> </nick></setnick>`),
    ],
  });
  const errors = [1000, 1500, 2000, 4000, 6000].map((at) => t.got('bob@b.lit/x', at, at + 400).join(''));
  for (const [i, word] of ['conflict', 'bad-request', 'forbidden', 'conflict', 'bad-request'].entries())
    expect(errors[i]).toContain(`<${word} `);
  expect(t.got('bob@b.lit/x', 1000, 1500)[0]).toMatch(/^<iq type='error' id='taken' from='bob@b.lit' to='bob@b.lit\/x'>/);
  expect(t.got('ada@a.lit/x', 5000).join('')).toContain('<nick>Robert</nick>');
});

test('XEP-0369 §7.1.4, §7.1.2: only the nodes that one has subscribed to are sent', () => {
  const update = `<update-subscription ${CORE}><subscribe node='urn:xmpp:mix:nodes:messages'/><unsubscribe node='urn:xmpp:mix:nodes:participants'/></update-subscription>`;
  const t = talk({
    'ada@a.lit/x': [
      here(0),
      join(100, 'Ada', ['participants']),
      ask(4000, 'set', update),
      ask(4500, 'set', `<update-subscription ${CORE}/>`),
    ],
    'bob@b.lit/x': [here(0), join(1000, 'Bob'), say(2000, 'b1'), say(5000, 'b2'), leave(6000)],
  });
  const got = t.got('ada@a.lit/x', 900).join('');
  expect(got).not.toContain("id='b1'");
  expect(got).toContain("id='b2'");
  expect(t.got('ada@a.lit/x', 6000).join('')).not.toContain('retract');
  expect(t.got('ada@a.lit/x', 900).filter((x) => x.startsWith('<presence') && x.includes('mix:presence'))).toEqual([]);
  expect(t.got('ada@a.lit/x', 4500, 5000).join('')).toContain('<bad-request ');
});

test('XEP-0369 §6.5, §7.1.7: participants and information are read by PubSub, by who takes part; nothing else is', () => {
  const items = (node: string): string => `<pubsub ${PUBSUB}><items node='urn:xmpp:mix:nodes:${node}'/></pubsub>`;
  const t = talk({
    'ada@a.lit/x': [
      here(0),
      ask(50, 'get', items('participants')),
      join(100, 'Ada'),
      ...[1, 2, 3].map((n) => ask(n * 1000, 'get', items(['participants', 'info', 'presence'][n - 1]!))),
    ],
  });
  expect(t.got('ada@a.lit/x', 50, 150).join('')).toContain('<forbidden ');
  expect(t.got('ada@a.lit/x', 1000, 2000)[0]).toMatch(/<items node='urn:xmpp:mix:nodes:participants'><item id='\w+'><participant/);
  expect(t.got('ada@a.lit/x', 2000, 3000)[0]).toContain('<value>Always</value>');
  expect(t.got('ada@a.lit/x', 3000)[0]).toContain('<item-not-found ');
});

test('XEP-0369 §6: disco of the service, of a channel and of the account list what works', () => {
  const info = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
  const items = (node = ''): string => `<query xmlns='http://jabber.org/protocol/disco#items'${node}/>`;
  const t = talk({
    'ada@a.lit/x': [
      here(0),
      join(100, 'Ada'),
      ask(1000, 'get', info, 'mix.a.lit'),
      ask(2000, 'get', items(), 'mix.a.lit'),
      ask(3000, 'get', info),
      ask(4000, 'get', items(" node='mix'")),
      xml(5000, `<iq type='get' id='q'>${info}</iq>`),
      ask(6000, 'get', info, 'none@mix.a.lit'),
    ],
  });
  const at = (since: number): string => t.got('ada@a.lit/x', since, since + 900).join('');
  expect(at(1000)).toContain("<identity category='conference' type='mix'");
  for (const feature of ['urn:xmpp:mix:core:1', 'urn:xmpp:mix:core:1#create-channel', 'urn:xmpp:mix:presence:0'])
    expect(at(1000)).toContain(`<feature var='${feature}'/>`);
  expect(at(2000)).toContain("<item jid='tea@mix.a.lit' name='Tea'/>");
  expect(at(3000)).toContain("<identity category='conference' type='mix' name='Tea'/>");
  expect([...at(4000).matchAll(/node='urn:xmpp:mix:nodes:(\w+)'/g)].map((m) => m[1])).toEqual([
    'info',
    'messages',
    'participants',
    'presence',
  ]);
  expect(at(5000)).toContain("<feature var='urn:xmpp:mix:pam:2'/>");
  expect(at(6000)).toContain('<item-not-found ');
});

test('XEP-0369 §7.3: a channel is made once, by a name or without one, and destroyed by its owner', () => {
  const t = talk({
    'ada@a.lit/x': [
      here(0),
      ask(100, 'set', `<create ${CORE} channel='new'/>`, 'mix.a.lit'),
      ask(1000, 'set', `<create ${CORE} channel='new'/>`, 'mix.a.lit'),
      ask(2000, 'set', `<create ${CORE}/>`, 'mix.a.lit'),
      ask(2500, 'set', `<create ${CORE} channel='a b'/>`, 'mix.a.lit'),
      ask(4000, 'set', `<destroy ${CORE} channel='new'/>`, 'mix.a.lit'),
    ],
    'bob@b.lit/x': [
      here(0),
      ask(3000, 'set', `<destroy ${CORE} channel='new'/>`, 'mix.a.lit'),
      ask(5000, 'set', `<destroy ${CORE} channel='new'/>`, 'mix.a.lit'),
    ],
  });
  const at = (client: string, since: number): string => t.got(client, since, since + 450).join('');
  expect(at('ada@a.lit/x', 100)).toContain(`<create ${CORE} channel='new'/>`);
  expect(at('ada@a.lit/x', 1000)).toContain('<conflict ');
  expect(at('ada@a.lit/x', 2000)).toMatch(/channel='\w+'/);
  expect(at('ada@a.lit/x', 2500)).toContain('<bad-request ');
  expect(at('bob@b.lit/x', 3000)).toContain('<forbidden ');
  expect(at('ada@a.lit/x', 4000)).toContain("type='result'");
  expect(at('bob@b.lit/x', 5000)).toContain('<item-not-found ');
});

test('XEP-0369 §7: what a channel does not take is answered by an error', () => {
  const t = talk({
    'ada@a.lit/x': [
      here(0),
      say(100, 'outside'),
      xml(1000, `<message to='${CHANNEL}' type='chat' id='c'><body>psst</body></message>`),
      say(1500, 'none'),
      xml(2000, `<iq type='set' id='bad'><client-join ${PAM}/></iq>`),
      join(3000, 'Ada'),
      join(4000, 'Ada', ['messages'], 'again'),
      ask(5000, 'set', `<leave ${CORE}/>`),
    ],
  });
  const at = (since: number): string => t.got('ada@a.lit/x', since, since + 450).join('');
  expect(at(100)).toContain('<forbidden ');
  expect(at(1000)).toContain('<service-unavailable ');
  expect(at(2000)).toContain('<bad-request ');
  expect(at(4000)).toMatch(/id='again'.*<subscribe node='urn:xmpp:mix:nodes:messages'\/><nick>Ada/);
});

test('XEP-0369 §4: a channel and who takes part in it outlive a crash, and identifiers are kept', () => {
  const t = talk(
    {
      'ada@a.lit/x': [here(0), join(100, 'Ada')],
      'bob@b.lit/x': [here(0), join(1000, 'Bob'), leave(2000), join(3000, 'Bob'), say(9000, 'b1')],
    },
    undefined,
    [
      { at: 5 * SECOND, do: 'crash' },
      { at: 6 * SECOND, do: 'start' },
    ],
  );
  const ids = t.got('bob@b.lit/x', 1000).flatMap((x) => /client-join.*<join [^>]*id='(\w+)'/.exec(x)?.[1] ?? []);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
  expect(t.got('bob@b.lit/x', 9000).join('')).toContain("id='b1'");
});

test('without the module an account’s server knows nothing of MIX', () => {
  const t = talk({ 'ada@a.lit/x': [here(0), join(100, 'Ada')] }, []);
  expect(t.got('ada@a.lit/x', 100).join('')).toContain('<service-unavailable ');
});
