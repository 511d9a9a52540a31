/** Forms that come to a client, from wherever, by the forms of its panel: XEP-0004 §3.1, §3.2, §3.4; checklist Q09. */
import { expect, test } from 'vitest';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { acting } from './acting.ts';

const ALICE = 'alice@wonderland.lit/tea';
const HATTER = 'madhatter@wonderland.lit/hat';
const field = (name: string, value: string, more = ''): string => `<field var='${name}'${more}><value>${value}</value></field>`;

/** The Hatter asks Alice something, and she answers with this, in a payload that only they know. */
const scene = (question: string, answer: string): XmppScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  id: 'forms',
  title: '',
  summary: '',
  seed: '1',
  servers: [{ domain: 'wonderland.lit' }],
  clients: [
    { jid: ALICE, passive: true, acts: [{ at: 1000, do: 'send', xml: `<iq type='result' id='f' to='${HATTER}'>${answer}</iq>` }] },
    { jid: HATTER, acts: [{ at: 0, do: 'send', xml: `<iq type='set' id='f' to='${ALICE}'>${question}</iq>` }] },
  ],
  latency: { client: 10, federation: 10, component: 10 },
});

/** As it would go over the wire. */
const inLine = (xml: string): string => xml.replace(/>\s+</g, '><').replace(/\s+/g, ' ');

const FORM = `<x xmlns='jabber:x:data' type='form'><title>Tea</title>${field('FORM_TYPE', 'urn:tea', " type='hidden'")}${field('cups', '1')}</x>`;
const form = () => acting(scene("<query xmlns='urn:tea'/>", `<query xmlns='urn:tea' node='n'>${FORM}</query>`));

test('[Q09] what is filled in goes where the form came from, with the same fields, hidden ones as they came', async () => {
  const person = await form();
  const actions = (await person.actions('madhatter')).groups.flatMap((g) => g.actions);
  const fill = actions.find((a) => a.title === 'Fill in: Tea of n')!;
  expect(fill.fields.map((f) => f.name)).toEqual(['cups']);
  const { xml } = await person.compose('madhatter', fill.id, { cups: ['3'] });
  expect(inLine(xml)).toMatch(
    new RegExp(
      `^<iq type='set' id='[^']+' to='${ALICE}'><query xmlns='urn:tea' node='n'><x xmlns='jabber:x:data' type='submit'>` +
        "<field var='FORM_TYPE'><value>urn:tea</value></field><field var='cups'><value>3</value></field></x></query></iq>$",
    ),
  );
});

test('[Q09] a form that is cancelled goes back with nothing in it', async () => {
  const person = await form();
  const actions = (await person.actions('madhatter')).groups.flatMap((g) => g.actions);
  const { xml } = await person.compose('madhatter', actions.find((a) => a.title === 'Cancel: Tea of n')!.id);
  expect(inLine(xml)).toContain("<query xmlns='urn:tea' node='n'><x xmlns='jabber:x:data' type='cancel'/></query>");
});

test('§3.4 [Q09] what a command reports is a table at the client', async () => {
  const reported = `<x xmlns='jabber:x:data' type='result'><reported><field var='who' label='Who'/><field var='cups' label='Cups'/></reported>
    <item>${field('cups', '3')}${field('who', 'Hare')}</item><item>${field('who', 'Dormouse')}${field('cups', '0')}</item></x>`;
  const command = (content: string, more: string): string =>
    `<command xmlns='http://jabber.org/protocol/commands' node='who' ${more}>${content}</command>`;
  const person = await acting(scene(command('', "action='execute'"), command(reported, "status='completed' sessionid='1'")));
  const { parts } = await person.inspect('madhatter');
  const table = parts.find((p) => p.type === 'table' && p.title === `who, of ${ALICE}`);
  expect(table).toMatchObject({ columns: ['Who', 'Cups'] });
  expect(table?.type === 'table' ? table.rows.map((r) => r.cells.map((c) => c.text)) : []).toEqual([
    ['Hare', '3'],
    ['Dormouse', '0'],
  ]);
});
