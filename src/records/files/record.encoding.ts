import { isUtf8 } from "node:buffer";

/** A text read from bytes, and where they are not UTF-8. */
export interface DecodedText {
  text: string;
  /** Null if the bytes are UTF-8. The offset is that of the first wrong byte in the text. */
  wrong: { offset: number; message: string } | null;
}

/** Decodes UTF-8, a byte order mark included. */
export function decoded(bytes: Buffer): DecodedText {
  const text = bytes.toString("utf8");
  if (isUtf16(bytes)) return { text, wrong: { offset: 0, message: UTF_16 } };
  if (isUtf8(bytes)) return { text, wrong: null };
  const { offset, byte } = firstWrong(bytes, text);
  const found = byte.toString(16).toUpperCase().padStart(2, "0");
  return { text, wrong: { offset, message: `not UTF-8: found byte ${found}; save it as UTF-8` } };
}

const UTF_16 = "UTF-16; save it as UTF-8";

/** Returns whether bytes begin as UTF-16 does: with its byte order mark, or a character below U+0100. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return false;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isMarked || (first === 0) !== (second === 0);
}

const REPLACEMENT = "\uFFFD";
const REPLACEMENT_BYTES = Buffer.from(REPLACEMENT);

/** Finds the first byte that was decoded to U+FFFD without being a part of it. */
function firstWrong(bytes: Buffer, text: string): { offset: number; byte: number } {
  let [offset, at, from] = [text.indexOf(REPLACEMENT), 0, 0];
  for (;;) {
    at += Buffer.byteLength(text.slice(from, offset));
    const found = bytes.subarray(at, at + REPLACEMENT_BYTES.length);
    if (!found.equals(REPLACEMENT_BYTES)) return { offset, byte: bytes[at]! };
    from = offset;
    offset = text.indexOf(REPLACEMENT, offset + 1);
  }
}
