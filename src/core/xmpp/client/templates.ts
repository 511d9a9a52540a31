/** What a script's text may leave open: `{{full:NAME}}`, `{{repeat:TEXT:N}}`, `{{b64:TEXT}}` (`\0` for a zero), `{{isodate:SECONDS}}` from now, `{{NAME}}` of what was saved. */
import { base64 } from '../../../base/base64.ts';
import { utf8 } from '../../../base/utf8.ts';
import { stampOf } from '../modules/xep0203.ts';

export interface Values {
  readonly tick: number;
  /** The full address that a client of this name has bound. */
  full(name: string): string | undefined;
  saved(name: string): string | undefined;
}

/** What has no value stays as it is. */
export function expand(text: string, values: Values): string {
  return text.replace(/\{\{([^}]+)\}\}/g, (whole, inside: string) => {
    const [name = '', ...rest] = inside.split(':');
    if (name === 'full') return values.full(rest[0] ?? '') ?? whole;
    if (name === 'repeat') return (rest[0] ?? '').repeat(Number(rest[1]));
    if (name === 'b64') return base64(utf8(rest.join(':').replaceAll('\\0', '\0')));
    if (name === 'isodate') return stampOf(values.tick + 1_000_000 * Number(rest[0]));
    return values.saved(inside) ?? whole;
  });
}
