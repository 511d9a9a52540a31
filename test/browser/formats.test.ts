/** Every format: saved from the page, dropped back onto it, the same graph, and it plays. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readGraph } from '../../src/core/topology/formats/index.ts';
import { browserOfFile, seriousFaults } from '../support/browser.ts';
import { button, computed, drop, moved, paused, scene, toStart } from './window.ts';

const open = browserOfFile();

async function saved(page: Page, format: string): Promise<{ readonly name: string; readonly text: string }> {
  await page.getByRole('combobox', { name: 'File format' }).selectOption({ label: format });
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export graph').click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

for (const [format, extension] of [
  ['DOT', 'dot'],
  ['GraphML', 'graphml'],
  ['GEXF', 'gexf'],
  ['Cytoscape JSON', 'json'],
  ['CSV edge list', 'csv'],
] as const) {
  test(`the karate club is saved as ${format}, dropped back, is the same graph and plays`, async () => {
    const page = await open();
    await scene(page, 'karate-rumour');
    const file = await saved(page, format);
    expect(file.name).toBe(`karate.${extension}`);
    await drop(page, `again.${extension}`, file.text);
    await page.waitForFunction((name) => location.hash.includes(name), `again.${extension}`);
    await paused(page);
    expect(await computed(page)).toBeGreaterThan(30);
    // Saved once more from the scene that was dropped: node for node and link for link the same file.
    const again = await saved(page, format);
    expect(again.name).toBe(file.name.replace('karate', 'again'));
    expect(again.text).toBe(file.text);
    const graph = readGraph(again.text, again.name);
    expect([graph.directed, graph.names.length, graph.from.length]).toEqual([false, 34, 78]);
    // The focus stays near where it was, where Home is another one’s key.
    await button(page, 'Step forward').focus();
    await toStart(page);
    expect(await moved(page, () => button(page, 'Next round').click())).toBeGreaterThan(0);
  });
}

test('the scene of a room can be saved too, and what is no graph or unsafe is refused in words', async () => {
  const page = await open();
  await paused(page);
  await computed(page);
  const { text } = await saved(page, 'CSV edge list');
  expect(text).toMatch(/wonderland\.lit/);
  expect(await seriousFaults(page)).toEqual([]);
  for (const [name, content, words] of [
    ['bomb.graphml', '<!DOCTYPE graphml [<!ENTITY a "aaa">]><graphml/>', /DOCTYPE/],
    ['cut.gexf', '<gexf><graph>\n<nodes>', /line 2/],
    ['far.csv', 'a,b,1\nb,c,far', /line 2: the length of b -- c/],
    ['cut.json', '{"elements":', /not JSON/],
    ['letter.txt', 'Dear Alice,\nhow are you?\n', /no graph file that can be read here/],
    ['churn.csv', '10,a,join\n', /changes over time/],
  ] as const) {
    await drop(page, name, content);
    await page.getByText(words).first().waitFor();
    await page.keyboard.press('Escape');
  }
  expect(await page.getByRole('combobox', { name: 'Scenario' }).inputValue()).toBe('room-two-servers');
});

test('a matrix of measured latencies is opened as a graph, and said to be one', async () => {
  const page = await open();
  await drop(page, 'measured.csv', ';a;b;c;d\na;0;10;20;30\nb;11;0;;12\nc;20;9;0;7\nd;30;13;8;0\n');
  await page.waitForFunction(() => location.hash.includes('measured.csv'));
  await page
    .getByText(/matrix of measured latencies: 4 nodes/)
    .first()
    .waitFor();
  await paused(page);
  expect((await saved(page, 'CSV edge list')).text.trimEnd().split('\n')).toHaveLength(1 + 11);
});
