import { expect, test } from 'vitest';
import { indexOfElement, placeAt } from '../../../src/base/xml/places.ts';

const TEXT = `<iq type='get'\n  id="1">\n  <query xmlns='q'>\n    <item jid='a'/><item name='>' jid='b'><deep/></item>\n  </query>\n</iq>`;
const at = (steps: readonly number[], attribute?: string) => TEXT.slice(indexOfElement(TEXT, {}, steps, attribute));

test('an element is found by the way to it, an attribute in its tag', () => {
  expect(at([])).toBe(TEXT);
  expect(at([0])).toMatch(/^<query/);
  expect(at([0, 1])).toMatch(/^<item name/);
  expect(at([0, 1, 0])).toMatch(/^<deep/);
  expect(at([0, 1], 'jid')).toMatch(/^jid='b'/);
  expect(at([], 'id')).toMatch(/^id="1"/);
});

test('what is missing stands where it should be: at the element', () => {
  expect(at([0, 0], 'name')).toMatch(/^<item jid='a'/);
  expect(at([0, 7])).toMatch(/^<query/);
});

test('an index as line and column', () => {
  expect(placeAt(TEXT, indexOfElement(TEXT, {}, [0, 1]))).toEqual({ line: 4, column: 20 });
  expect(placeAt(TEXT, 0)).toEqual({ line: 1, column: 1 });
});
