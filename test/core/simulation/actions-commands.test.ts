/** Commands by the forms of a client's panel alone: a list, a run of several stages, back, giving up, an admin's. XEP-0050, XEP-0133. */
import { expect, test } from 'vitest';
import type { Action, Actions } from '../../../src/protocol/actions.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { acting } from './acting.ts';

const BOT = 'hatter@wonderland.lit/here';
const SCENE: XmppScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  id: 'menu',
  title: 'A menu',
  summary: '',
  seed: '1',
  servers: [{ domain: 'wonderland.lit', modules: ['xep-0133'], admins: ['queen@wonderland.lit'] }],
  clients: ['alice', 'queen', 'hatter'].map((name) => ({
    jid: `${name}@wonderland.lit/here`,
    agents: name === 'hatter' ? ['tea-maker'] : [],
    acts: [{ at: 0, do: 'presence' }],
  })),
  latency: { client: 1000, federation: 1000, component: 1000 },
};

const commands = ({ groups }: Actions): readonly Action[] => groups.find((g) => g.key === 'commands')?.actions ?? [];
const titled = (actions: Actions, start: string): Action => {
  const found = commands(actions).find((a) => a.title.startsWith(start));
  if (!found)
    throw new Error(
      `no action ${start} in ${commands(actions)
        .map((a) => a.title)
        .join(', ')}`,
    );
  return found;
};

test('a bot’s menu is asked for, an order is given in stages, taken back by one, and completed', async () => {
  const person = await acting(SCENE);
  const ask = async (): Promise<Actions> => person.actions('alice');
  const list = titled(await ask(), 'Ask for commands');
  expect(list.fields[0]!.options!.map((o) => o.value)).toEqual(['wonderland.lit', 'queen@wonderland.lit/here', BOT]);
  await person.act('alice', list.id, { to: [BOT] });
  await person.act('alice', titled(await ask(), `Order tea (${BOT})`).id);
  expect((await ask()).groups.find((g) => g.key === 'commands')?.subtitle).toBe('one waits for an answer');
  const which = titled(await ask(), 'Answer: Order tea, “Which tea?”');
  expect(which.fields.map((f) => f.label)).toEqual(['Tea', 'Then']);
  expect((await person.compose('alice', which.id, { tea: ['Coffee'] })).faults.map((f) => f.field)).toEqual(['tea']);
  expect(await person.act('alice', which.id, { tea: ['Assam'] })).toMatchObject({ state: 'done' });
  await person.act('alice', titled(await ask(), 'Back: Order tea').id);
  expect(titled(await ask(), 'Answer: Order tea, “Which tea?”').fields[0]!.values).toEqual(['Assam']);
  await person.act('alice', titled(await ask(), 'Answer: Order tea, “Which tea?”').id, { tea: ['Earl Grey'] });
  const how = titled(await ask(), 'Answer: Order tea, “How?”');
  expect(how.fields.map((f) => f.label)).toEqual(['Cups', 'With lemon', 'Then']);
  expect(how.fields[2]!.options!.map((o) => o.value)).toEqual(['next', 'complete']);
  await person.act('alice', how.id, { cups: ['3'], 'go on': ['complete'] });
  expect(commands(await ask()).some((a) => a.title.startsWith('Answer'))).toBe(false);
  expect(JSON.stringify((await person.inspect('alice')).parts)).toContain('3 cups of Earl Grey with lemon, next to the Hatter');
  expect(JSON.stringify((await person.inspect('hatter')).parts)).toContain('3 cups of Earl Grey');
  const { hash } = person;
  await person.undo();
  expect(person.hash).not.toBe(hash);
});

test('a run is given up; what is for admins is offered to admins', async () => {
  const person = await acting(SCENE);
  await person.act('alice', 'commands/list', { to: [BOT] });
  await person.act('alice', titled(await person.actions('alice'), 'Order tea').id);
  expect((await person.inspect('hatter')).parts.map((p) => p.key)).toContain('commands');
  await person.act('alice', titled(await person.actions('alice'), 'Give up: Order tea').id);
  expect((await person.inspect('hatter')).parts.map((p) => p.key)).not.toContain('commands');
  expect(commands(await person.actions('alice')).map((a) => a.title)).toEqual(['Ask for commands', `Order tea (${BOT})`]);

  await person.act('alice', 'commands/list', { to: ['wonderland.lit'] });
  expect(commands(await person.actions('alice')).map((a) => a.title)).toContain('Get uptime (wonderland.lit)');
  await person.act('queen', 'commands/list', { to: ['wonderland.lit'] });
  const queen = async (start: string) => titled(await person.actions('queen'), start);
  expect(commands(await person.actions('queen'))).toHaveLength(7);
  await person.act('queen', (await queen('Send Announcement')).id);
  const form = await queen('Answer: Send Announcement');
  expect((await person.compose('queen', form.id)).faults.map((f) => f.field)).toEqual(['announcement']);
  expect(await person.act('queen', form.id, { announcement: ['Off with their heads!'] })).toMatchObject({ state: 'done' });
  expect(JSON.stringify((await person.inspect('alice')).parts)).toContain('Off with their heads!');
});
