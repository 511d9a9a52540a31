/** HTTP file upload, as far as stanzas go: XEP-0363 §3, §4, §6. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { connect, send, talk, type Step } from './conversation.ts';

const SERVICE = 'upload.wonderland.lit';
const UPLOAD = 'urn:xmpp:http:upload:0';
const MOST = 10 * 1024 * 1024;
const sister: Step = { op: 'connect', as: 's', user: 'sister@realworld.lit', resource: 'bank', presence: '' };
const begin: readonly Step[] = [connect('a', 'alice', 'tea'), connect('m', 'madhatter', 'hat'), sister];
const ask = (who: string, filename: string, size: number | string): Step =>
  send(who, `<iq to='${SERVICE}' type='get' id='u'><request xmlns='${UPLOAD}' filename='${filename}' size='${size}'/></iq>`);

describe.each(['prosody', 'rfc'] as const)('slots (%s)', (profile) => {
  const last = (who: string, ...steps: readonly Step[]): string =>
    talk([...begin, ...steps], { profile })
      .got(who, begin.length + steps.length)
      .join('');

  test('§4 [H01] who asks with a name and a size is given where to put it and where it will be, both by https', () => {
    const slot = last('a', ask('a', 'très cool.jpg', 23456));
    expect(slot).toMatch(/^<iq (?=[^>]*type='result')(?=[^>]*id='u')[^>]*><slot xmlns='urn:xmpp:http:upload:0'>/);
    const [, put] = /<put url='(https:\/\/[^']+)'/.exec(slot) ?? [];
    const [, get] = /<get url='(https:\/\/[^']+)'/.exec(slot) ?? [];
    expect(put).toContain('/tr%C3%A8s%20cool.jpg');
    expect(get).toContain('/tr%C3%A8s%20cool.jpg');
    // Every slot is another one.
    const both = talk([...begin, ask('a', 'x', 1), ask('a', 'x', 1)], { profile });
    expect(/<get url='([^']+)'/.exec(both.got('a', 4).join(''))![1]).not.toBe(/<get url='([^']+)'/.exec(both.got('a', 5).join(''))![1]);
    for (const [name, size] of [
      ['', 1],
      ['x', ''],
      ['x', -1],
      ['x', '1.5'],
    ] as const)
      expect(last('a', ask('a', name, size)), `${name} of ${size}`).toMatch(/type='error'.*<error type='modify'><bad-request /);
  });

  test('§6 [H03] what is too large is refused, with the limit; who is a stranger, for that', () => {
    expect(last('a', ask('a', 'x', MOST))).toContain("type='result'");
    expect(last('a', ask('a', 'x', MOST + 1))).toMatch(
      new RegExp(
        `<error type='modify'><not-acceptable .*<file-too-large xmlns='${UPLOAD}'><max-file-size>${MOST}</max-file-size></file-too-large>`,
      ),
    );
    expect(last('s', ask('s', 'x', 1))).toMatch(/<error type='auth'><forbidden /);
  });

  test('§6 [H03] who has had as much as a day allows has to wait, by the specification until the stamp that is told', () => {
    const day = Array.from({ length: 10 }, () => ask('a', 'x', MOST));
    const full = last('a', ...day, ask('a', 'x', 1));
    expect(full).toMatch(/<error type='wait'><resource-constraint /);
    expect(full.includes(`<retry xmlns='${UPLOAD}' stamp='T'/>`)).toBe(profile === 'rfc');
    // Nobody else has to wait, nor they themselves for ever.
    expect(last('m', ...day, ask('m', 'x', 1))).toContain("type='result'");
    expect(last('a', ...day, { op: 'wait', ms: 86_401_000 }, ask('a', 'x', MOST))).toContain("type='result'");
  });

  test('§3 [H04] the limit stands in what the service says of itself', () => {
    const info = last('a', send('a', `<iq to='${SERVICE}' type='get' id='i'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>`));
    expect(info).toContain(`<feature var='${UPLOAD}'/>`);
    expect(info).toMatch(
      new RegExp(
        `<field [^>]*var='FORM_TYPE'[^>]*><value>${UPLOAD}</value></field>.*<field [^>]*var='max-file-size'[^>]*><value>${MOST}</value>`,
      ),
    );
  });
});
