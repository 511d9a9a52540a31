/** Every view of the page, reached as a person reaches it: for audits and for pictures. Walks of one scene each; a step may build on those before it. */
import type { Page } from 'playwright-core';
import { button, computed, drop, goTo, region, scene, timeSlider } from './window.ts';

export interface Walk {
  readonly name: string;
  /** Shown by a name; the view is there when the promise is. */
  readonly steps: readonly (readonly [view: string, go: (page: Page) => Promise<unknown>])[];
}

const blurred = (page: Page): Promise<void> => page.evaluate(() => (document.activeElement as HTMLElement).blur());
const dock = (key: string, name: string) => async (page: Page) => {
  await blurred(page);
  await page.keyboard.press(key);
  await region(page, name).waitFor();
};
const key =
  (...pressed: readonly string[]) =>
  async (page: Page) => {
    for (const one of pressed) await page.keyboard.press(one);
  };
const opened = (id: string) => async (page: Page) => {
  await scene(page, id);
  await computed(page);
};
const entity = async (page: Page, name: RegExp): Promise<void> => {
  await button(page, 'Entities').click();
  await page.getByRole('grid', { name: 'Entities' }).getByRole('gridcell', { name }).first().click();
  await button(page, 'Entities').click();
  await region(page, 'Stanza inspector').getByRole('heading', { name }).first().waitFor();
};
const filter = (page: Page) => page.getByRole('combobox', { name: 'Filter', exact: true });
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name, exact: true }).click();
const ways = (page: Page) => page.getByRole('form', { name: 'Ways' });
const menu = (page: Page) => page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Inspect' }) });

/** A room on two servers: the inspector, all docks, menus and dialogs. */
const room: Walk = {
  name: 'room',
  steps: [
    [
      'a stanza in the inspector',
      async (page) => {
        await opened('room-two-servers')(page);
        await goTo(page, '1.43');
        await page.locator('tr[aria-current=step]').click();
        await region(page, 'Stanza inspector').getByRole('heading', { name: 'Hop by hop' }).waitFor();
      },
    ],
    ['followed', async (page) => (await key('t')(page), await region(page, 'Followed stanza').waitFor())],
    ['space-time', async (page) => (await key('Escape')(page), await dock('2', 'Space-time')(page))],
    ['lines of the diagram', (page) => button(page, /^Lines/).click()],
    ['key of the diagram', async (page) => (await key('Escape')(page), await button(page, /^Key/).click())],
    ['charts', async (page) => (await key('Escape')(page), await dock('3', 'Charts')(page))],
    ['charts as a table', (page) => button(page, 'Show as table').click()],
    ['notes', dock('5', 'Notes')],
    [
      'an event in the inspector',
      async (page) => (
        await dock('1', 'Events')(page),
        await page.getByRole('grid', { name: 'Events' }).locator('tbody tr').nth(2).click()
      ),
    ],
    [
      'entities, links and stanzas listed',
      async (page) => (await key('e')(page), await page.getByRole('grid', { name: 'Entities' }).waitFor()),
    ],
    [
      'a link in the inspector',
      async (page) => {
        await page.getByRole('grid', { name: 'Entities' }).getByRole('gridcell', { name: /alice/ }).first().click();
        await page
          .getByRole('grid', { name: /^Links of/ })
          .getByRole('gridcell')
          .first()
          .click();
        await region(page, 'Stanza inspector').getByRole('heading', { name: /→/ }).first().waitFor();
        await key('e')(page);
      },
    ],
    [
      'act as a client',
      async (page) => {
        await entity(page, /alice/);
        await key('a')(page);
        await button(page, /^Rooms/).click();
        await button(page, 'Join a room').click();
        await page.getByRole('group', { name: 'Join a room' }).waitFor();
      },
    ],
    [
      'the console, with a fault in what is typed',
      async (page) => {
        await key('Escape', 'x')(page);
        await region(page, 'XML console').getByRole('textbox').fill('<message to="x"><body>a</message>');
        await region(page, 'XML console').getByText('Not well-formed', { exact: false }).waitFor();
      },
    ],
    [
      'what if, of a server',
      async (page) => {
        await key('Escape')(page);
        await entity(page, /realworld/);
        await key('m')(page);
        await menu(page)
          .getByRole('button', { name: /^Cut off with all/ })
          .waitFor();
      },
    ],
    [
      'branches',
      async (page) => {
        await menu(page)
          .getByRole('button', { name: /^Cut off with all/ })
          .click();
        await region(page, 'Branches').waitFor();
        await computed(page);
      },
    ],
    [
      'branches compared',
      async (page) => {
        await region(page, 'Branches')
          .getByRole('button', { name: /^Compare/ })
          .last()
          .click();
        await region(page, 'Comparison of branches').getByRole('row').nth(3).waitFor();
      },
    ],
    [
      'a stanza is edited, with a fault in it',
      async (page) => {
        await region(page, 'Comparison of branches').getByRole('button', { name: 'Close the comparison' }).click();
        await region(page, 'Branches')
          .getByRole('button', { name: /^Main run/ })
          .click();
        // It may stand there already.
        const time = page.getByRole('textbox', { name: /^Time in/ });
        await time.fill('1.41');
        await time.press('Enter');
        await page.locator('tr[aria-current=step]').getByText('sends groupchat').waitFor();
        await blurred(page);
        await key('e')(page);
        await page.getByRole('grid', { name: 'Stanzas in flight' }).getByRole('gridcell').first().click({ button: 'right' });
        await menu(page).getByRole('button', { name: /^Edit/ }).click();
        await menu(page).getByRole('textbox').fill('<message to="x">');
        await menu(page).getByRole('alert').getByText(/\S/).waitFor();
      },
    ],
    [
      'filter: completion',
      async (page) => (
        await key('Escape', 'Escape', 'e')(page),
        await filter(page).fill('mess'),
        await page
          .getByRole('option', { name: /^message/ })
          .first()
          .waitFor()
      ),
    ],
    [
      'filtered',
      async (page) => (
        await filter(page).fill('message'),
        await key('Enter')(page),
        await region(page, 'Events')
          .getByText(/hidden/)
          .waitFor()
      ),
    ],
    [
      'filter: a fault in it',
      async (page) => (
        await filter(page).fill('message || mesage'),
        await blurred(page),
        await region(page, 'Events').getByRole('alert').waitFor()
      ),
    ],
    [
      'like this',
      async (page) => (
        await button(page, 'Clear filter').click(),
        await page.getByRole('grid', { name: 'Events' }).locator('tbody tr').nth(3).click({ button: 'right' }),
        await page.getByRole('heading', { name: 'Like this' }).waitFor()
      ),
    ],
    [
      'breakpoints',
      async (page) => (
        await key('Escape', 'b')(page),
        await button(page, 'Breakpoints').click(),
        await page.getByRole('combobox', { name: 'Breakpoint 1' }).waitFor()
      ),
    ],
    ['kinds of step', async (page) => (await key('Escape', 'Escape')(page), await button(page, 'More steps').click())],
    ['shortcuts', async (page) => (await key('Escape')(page), await button(page, 'Shortcuts').click())],
    [
      'palette',
      async (page) => (await key('Escape', 'Control+k')(page), await page.getByRole('dialog').getByRole('option').first().waitFor()),
    ],
    [
      'what the palette finds',
      async (page) => (await page.keyboard.type('alice'), await page.getByRole('dialog').getByRole('option').first().waitFor()),
    ],
    [
      'share',
      async (page) => (await key('Escape')(page), await button(page, 'Share').click(), await page.getByText(/^Link copied/).waitFor()),
    ],
    ['the end', async (page) => (await timeSlider(page).press('End'), await button(page, 'Replay').waitFor())],
  ],
};

const gossip: Walk = {
  name: 'gossip',
  steps: [
    ['a rumour half way', async (page) => (await opened('karate-rumour')(page), await goTo(page, '#60'))],
    ['a node in the inspector', async (page) => entity(page, /^12\b/)],
    ['what if, of a node', async (page) => (await key('m')(page), await menu(page).waitFor())],
    ['space-time of gossip', async (page) => (await key('Escape')(page), await dock('2', 'Space-time')(page))],
    ['charts of gossip', dock('3', 'Charts')],
    ['conditions', async (page) => button(page, /^Conditions/).click()],
    ['compare, before there is anything', async (page) => (await dock('4', 'Lab')(page), await tab('Compare')(page))],
    [
      'two compared',
      async (page) => {
        await region(page, 'Lab').getByRole('button', { name: 'Add', exact: true }).click();
        await button(page, 'Remove configuration B').waitFor();
        await region(page, 'Scenarios and parameters').getByRole('textbox', { name: 'k', exact: true }).fill('1');
        await region(page, 'Graph')
          .getByRole('region', { name: /^B: k 1/ })
          .waitFor();
        await computed(page);
      },
    ],
    [
      'a sweep to be',
      async (page) => (
        await button(page, 'Leave Compare').click(),
        await tab('Sweep')(page),
        await page.getByRole('form', { name: 'Sweep' }).waitFor()
      ),
    ],
    [
      'a sweep done',
      async (page) => {
        await page.getByRole('combobox', { name: 'Preset' }).selectOption('table-1-1987');
        await page.getByRole('textbox', { name: 'Runs at each point' }).fill('4');
        await button(page, 'Run sweep').click();
        await region(page, 'Lab').getByText('20 of 20 runs, done').waitFor();
        await button(page, 'Theory').click();
        await page.getByRole('region', { name: 'Theory' }).getByText('Demers').first().waitFor();
      },
    ],
    ['a sweep as a table', (page) => button(page, 'Table').click()],
    ['an exercise', opened('fault-never-heard')],
    [
      'the guide to filters',
      async (page) => {
        await region(page, 'Guide').waitFor();
        await dock('1', 'Events')(page);
        await button(page, 'How a filter is written').click();
        await region(page, 'Guide').getByRole('button', { name: 'Filters', pressed: true }).waitFor();
      },
    ],
  ],
};

const groups: Walk = {
  name: 'groups',
  steps: [
    [
      'ways to be',
      async (page) => (
        await opened('one-room')(page),
        await dock('4', 'Lab')(page),
        await tab('One room, several ways')(page),
        await page.getByRole('form', { name: 'Ways' }).waitFor()
      ),
    ],
    [
      'ways, with a value that cannot be',
      async (page) => {
        await ways(page).getByRole('textbox', { name: 'People', exact: true }).fill('1');
        await button(page, 'Compare the ways').click();
        await region(page, 'Lab').getByRole('alert').first().waitFor();
      },
    ],
    [
      'ways compared',
      async (page) => {
        await ways(page).getByRole('textbox', { name: 'People', exact: true }).fill('6');
        await ways(page).getByRole('textbox', { name: 'Messages', exact: true }).fill('8');
        await button(page, 'Compare the ways').click();
        await page
          .getByRole('list', { name: 'What these runs show' })
          .getByText(/One room kept one order/)
          .waitFor();
      },
    ],
    ['ways by person', (page) => page.getByRole('combobox', { name: 'Rows of the table' }).selectOption('people')],
    ['a room with its people', async (page) => (await opened('one-room')(page), await dock('1', 'Events')(page), await key('e')(page))],
    [
      'a federation with a dead server',
      async (page) => (
        await key('e')(page),
        await opened('dead-server')(page),
        await goTo(page, '9.1'),
        await dock('5', 'Notes')(page),
        await page.getByRole('grid', { name: 'Notes found' }).getByRole('row').first().waitFor()
      ),
    ],
    ['gossip over XMPP', async (page) => (await dock('1', 'Events')(page), await opened('gossip-over-xmpp')(page), await goTo(page, '1'))],
    [
      'a file that cannot be read',
      async (page) => (
        await drop(page, 'broken.dot', 'graph { a -- '),
        await page.getByRole('dialog', { name: 'Open a graph file' }).waitFor()
      ),
    ],
    [
      'a problem said',
      async (page) => (
        await key('Escape')(page),
        await page.evaluate(() => {
          location.hash = '#v=1&scenario=nowhere&check=0';
        }),
        await page.getByText(/link/i).first().waitFor()
      ),
    ],
  ],
};

function step({ name, steps }: Walk, view: string): Walk['steps'][number] {
  const found = steps.find(([title]) => title === view);
  if (!found) throw new Error(`The walk ${name} has no view “${view}”`);
  return found;
}

/** Some of each, quickly. */
export const SAMPLE: Walk = {
  name: 'sample',
  steps: [
    step(room, 'a stanza in the inspector'),
    step(room, 'followed'),
    step(room, 'space-time'),
    step(room, 'notes'),
    step(room, 'act as a client'),
    step(room, 'what if, of a server'),
    step(room, 'branches'),
    step(room, 'branches compared'),
    step(groups, 'ways to be'),
    step(room, 'shortcuts'),
  ],
};

export const WALKS: readonly Walk[] = [room, gossip, groups];
