/** UTF-8 without the host's TextEncoder, which the core must not know. A lone surrogate counts and encodes as U+FFFD. */

/** Bytes that the text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else {
      if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
        bytes += 1;
        i++;
      }
      bytes += 3;
    }
  }
  return bytes;
}

export function utf8(text: string): Uint8Array {
  const out = new Uint8Array(utf8Length(text));
  let at = 0;
  for (const char of text) {
    const raw = char.codePointAt(0) ?? 0;
    const code = raw >= 0xd800 && raw < 0xe000 ? 0xfffd : raw;
    if (code < 0x80) out[at++] = code;
    else {
      const tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
      out[at++] = LEAD[tail]! | (code >> (6 * tail));
      for (let i = tail - 1; i >= 0; i--) out[at++] = 0x80 | ((code >> (6 * i)) & 0x3f);
    }
  }
  return out;
}

const LEAD = [0, 0xc0, 0xe0, 0xf0];

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** The text that the bytes are; `undefined` where they are no UTF-8 (RFC 3629 §3: no overlong forms, no surrogates). */
export function utf8Text(bytes: Uint8Array): string | undefined {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++]!;
    const tail =
      first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : -1;
    if (tail < 0) return undefined;
    let code = tail === 0 ? first : first & (0x3f >> tail);
    for (let k = 0; k < tail; k++) {
      const next = bytes[i++] ?? 0;
      if ((next & 0xc0) !== 0x80) return undefined;
      code = (code << 6) | (next & 0x3f);
    }
    const least = [0, 0x80, 0x800, 0x10000][tail]!;
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
    text += String.fromCodePoint(code);
  }
  return text;
}
