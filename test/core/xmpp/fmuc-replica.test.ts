/** XEP-0289 primary–replica (§1.1, and §8, which only says that the sending room waits for the echo): one order, and a replica that stops. */
import { expect, test } from 'vitest';
import { cut, federate, join, leave, mend, P_R, roomAt, say, xml } from './fmuc.ts';

const SET = { with: { a: undefined, b: 'a' }, mode: P_R } as const;

test('XEP-0289 §8: what is said in the replica goes to the primary first, and is heard there and here when it has come back', () => {
  const t = federate(SET, ['ada@a.lit', join(100, 'a', 'Ada')], ['bob@b.lit', join(1000, 'b', 'Bob'), say(2000, 'b', 'b1')]);
  expect(t.between('b', 'a', 2000).map((r) => r.rule)).toEqual(['xep-0289/8/to-primary']);
  expect(t.between('a', 'b', 2000).map((r) => r.rule)).toEqual(['xep-0289/5.2/message']);
  const at = (who: string): number => t.sent.find((r) => r.to === `${who}/x` && r.stanza.attrs['id'] === 'b1')!.tick;
  expect(at('bob@b.lit') - at('ada@a.lit')).toBe(48_000);
  expect(t.rulesAt('b', 2000)).toEqual(['xep-0289/8/echo']);
});

test('XEP-0289 §1.1: two who speak at once are heard in one order by all; primary–primary in two', () => {
  const people = [
    ['ada@a.lit', join(100, 'a', 'Ada'), say(3000, 'a', 'a1')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(3000, 'b', 'b1')],
  ] as const;
  const ordered = federate(SET, ...people);
  expect(ordered.heard('ada@a.lit')).toEqual(['a1', 'b1']);
  expect(ordered.heard('bob@b.lit')).toEqual(['a1', 'b1']);
  const free = federate({ ...SET, mode: 'primary-primary' }, ...people);
  expect(free.heard('ada@a.lit')).toEqual(['a1', 'b1']);
  expect(free.heard('bob@b.lit')).toEqual(['b1', 'a1']);
});

test('XEP-0289 §8: joins, presence, nicks and the subject wait for the echo, too', () => {
  const t = federate(
    SET,
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob')],
    [
      'owner@b.lit',
      join(2000, 'b', 'Own'),
      xml(3000, `<presence to='${roomAt('b')}/Own'><show>away</show></presence>`),
      xml(4000, `<presence to='${roomAt('b')}/Owner'/>`),
      xml(5000, `<message to='${roomAt('b')}' type='groupchat'><subject>both</subject></message>`),
      leave(6000, 'b', 'Owner'),
    ],
  );
  expect(t.saw('ada@a.lit', 1900)).toEqual(['+Own', '+Own', '-Own 303', '+Owner', '-Owner']);
  expect(t.saw('bob@b.lit', 1900)).toEqual(['+Own', '+Own', '-Own 303', '+Owner', '-Owner']);
  expect(t.saw('owner@b.lit', 1900)).toEqual(['+Ada', '+Bob', '+Own 110', '+Own 110', '-Own 303 110', '+Owner 110', '-Owner 110']);
  const seenAt = (since: number): number => t.sent.find((r) => r.to === 'bob@b.lit/x' && r.tick > since * 1000)!.tick / 1000 - since;
  for (const since of [2000, 3000, 4000, 5000]) expect(seenAt(since), String(since)).toBeGreaterThan(96);
  // Who leaves is let go at once.
  expect(seenAt(6000)).toBeLessThan(60);
  expect(t.got('bob@b.lit', 5000, 5900).join('')).toContain('<subject>both</subject>');
});

test('XEP-0289 §1.1, §2: a replica without its primary takes nothing more, and goes on when it has it back', () => {
  const t = federate(
    { ...SET, network: [cut(3000, 'a', 'b'), mend(9000, 'a', 'b')] },
    ['ada@a.lit', join(100, 'a', 'Ada'), say(5000, 'a', 'a1'), say(15_000, 'a', 'a2')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(4000, 'b', 'b1'), say(6000, 'b', 'b2'), say(15_500, 'b', 'b3')],
    ['bea@b.lit', join(7000, 'b', 'Bea')],
  );
  expect(t.heard('ada@a.lit')).toEqual(['a1', 'a2', 'b3']);
  expect(t.heard('bob@b.lit')).toEqual(['~a1', 'a2', 'b3']);
  const refused = t.got('bob@b.lit', 4000, 9000).filter((x) => x.includes("type='error'"));
  expect(refused.map((x) => /id='(\w+)'/.exec(x)?.[1])).toEqual(['b1', 'b2']);
  for (const x of refused) expect(x).toContain("<error type='wait'><recipient-unavailable ");
  expect(t.saw('bob@b.lit', 2900)).toEqual(['-Ada 333', '+Ada']);
  expect(t.saw('bea@b.lit')).toEqual(['!Bea']);
});

test('XEP-0289 §1.1: the primary goes on, whatever becomes of its replicas', () => {
  const t = federate(
    { ...SET, network: [cut(3000, 'a', 'b')] },
    ['ada@a.lit', join(100, 'a', 'Ada'), say(4000, 'a', 'a1'), say(5000, 'a', 'a2')],
    ['ann@a.lit', join(200, 'a', 'Ann'), say(6000, 'a', 'n1')],
    ['bob@b.lit', join(1000, 'b', 'Bob')],
  );
  expect(t.heard('ann@a.lit')).toEqual(['a1', 'a2', 'n1']);
  expect(t.saw('ann@a.lit', 2900)).toEqual(['-Bob 333']);
});

test('XEP-0289 §1.1: in a chain of replicas the first room orders everything', () => {
  const t = federate(
    { with: { a: undefined, b: 'a', c: 'b' }, mode: P_R },
    ['ada@a.lit', join(100, 'a', 'Ada'), say(6000, 'a', 'a1')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(6000, 'b', 'b1')],
    ['cid@c.lit', join(2000, 'c', 'Cid'), say(6000, 'c', 'c1')],
  );
  for (const who of ['ada@a.lit', 'bob@b.lit', 'cid@c.lit']) expect(t.heard(who), who).toEqual(['a1', 'b1', 'c1']);
});

test('a replica whose primary does not send back what it is sent takes it for out of reach after ten seconds', () => {
  const t = federate(
    { ...SET, modes: { a: 'primary-primary' } },
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(2000, 'b', 'b1')],
  );
  expect(t.got('bob@b.lit', 12_000, 12_200).join('')).toContain('recipient-unavailable');
  expect(t.rulesAt('b', 12_000)).toContain('xep-0289/8/late');
});
