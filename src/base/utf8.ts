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
