import { expect, test } from 'vitest';
import { checkTyped } from '../../../src/core/simulation/check.ts';

const faultsOf = (text: string) => checkTyped(text).faults.map(({ line, column, path }) => `${line}:${column}${path ? ` ${path}` : ''}`);

test('what is in order is valid, in words, with its bytes', () => {
  const checked = checkTyped("<message to='bob@b.lit' type='chat'><body>Hellö</body></message>");
  expect(checked).toMatchObject({ verdict: 'valid', faults: [], unknown: [], items: ['chat “Hellö”'], bytes: 65 });
  expect(checkTyped(' \n').verdict).toBe('empty');
});

test('line breaks between tags are not sent, those in a text are', () => {
  expect(checkTyped('<message>\n  <body>a\n b</body>\n</message>\n').sent).toBe('<message><body>a\n b</body></message>');
});

test('several stanzas with white space between them', () => {
  expect(checkTyped("<presence/>\n\n<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>\n")).toMatchObject({
    verdict: 'valid',
    items: ['presence', 'iq get ping urn:xmpp:ping'],
  });
});

test('RFC 6120 §11.4: what is not well-formed is broken, and it is said where', () => {
  expect(checkTyped('<presence>').verdict).toBe('broken');
  expect(faultsOf('<message>\n  <body>a</bodi>\n</message>')[0]).toMatch(/^2:/);
  expect(checkTyped('<presence/> hello')).toMatchObject({ verdict: 'broken', faults: [{ line: 1, column: 13 }] });
  expect(faultsOf("<presence/>\n<message\n to='a' to='b'/>")[0]).toMatch(/^3:/);
  expect(checkTyped('<!DOCTYPE x><presence/>').verdict).toBe('broken');
  expect(checkTyped('just words').verdict).toBe('broken');
});

test('what is well-formed and not as defined is invalid, at the very place, and never broken', () => {
  const checked = checkTyped("<iq type='fetch'\n  id='1'>\n  <query xmlns='jabber:iq:roster'/>\n</iq>");
  expect(checked.verdict).toBe('invalid');
  expect(checked.faults[0]).toMatchObject({ line: 1, column: 5, path: '/iq/@type' });
  expect(checked.faults[0]!.section).toMatch(/RFC 6120/);
});

test('RFC 6120 §8.4: what nobody here knows is not judged but named', () => {
  expect(checkTyped("<message><strange xmlns='urn:strange'/></message>")).toMatchObject({ verdict: 'valid', unknown: ['urn:strange'] });
});
