import { expect, test } from 'vitest';
import fc from 'fast-check';
import { base64 } from '../../src/base/base64.ts';
import { utf8, utf8Length } from '../../src/base/utf8.ts';

test('UTF-8 and base64 are what the host makes of the same text', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', '\ud800', '\udc00', '😀', 'é', '€') })),
      (text) => {
        const host = new TextEncoder().encode(text);
        expect(utf8(text)).toEqual(host);
        expect(utf8Length(text)).toBe(host.length);
        expect(base64(host)).toBe(Buffer.from(host).toString('base64'));
      },
    ),
  );
});
