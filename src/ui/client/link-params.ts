/** Parameters as a part of a link. */
import { wellFormed } from '../shared/text.ts';

/** Encoded, but `:`, `,`, `/` and `@` kept as they are: they harm nothing in a fragment and can be read. */
export const safe = (text: string): string =>
  encodeURIComponent(wellFormed(text)).replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%40', '@');

/** As text: their types are the scenario's business. */
export type TextParams = Readonly<Record<string, string>>;

// Names and values may hold `:` and `,` themselves, so those are encoded here.
export const paramsText = (params: TextParams): string =>
  Object.entries(params)
    .map(([key, value]) => `${encodeURIComponent(key)}:${encodeURIComponent(wellFormed(value))}`)
    .join(',');
/** From entries: a name such as `__proto__` is a name like any other here. */
export const readParams = (text: string): TextParams =>
  Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((pair) => [decodeURIComponent(pair.slice(0, pair.indexOf(':'))), decodeURIComponent(pair.slice(pair.indexOf(':') + 1))]),
  );
