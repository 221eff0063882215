import type { HooksOf } from "./request-hooks.js";

/** Replaces a response larger than the limit (in bytes of JSON) with an error, before it is serialized. */
export function limitResponseSize(limit: number): HooksOf {
  return () => ({
    willSendResponse({ response: { body } }) {
      if (body.kind !== "single" || !isOver(body.singleResult, limit)) return;
      const { extensions } = body.singleResult;
      const message =
        `The response is larger than the limit of ${limit} bytes. ` +
        "Request smaller pages (`first`) or fewer fields.";
      body.singleResult = {
        data: null,
        errors: [{ message, extensions: { code: "ANSWER_TOO_LARGE", limit } }],
        extensions,
      };
    },
  });
}

/** Counts characters first, which is fast; a character takes at most six bytes in JSON. Counts bytes only if in doubt. */
function isOver(result: unknown, limit: number): boolean {
  const characters = sizeOf(result, limit, (text) => text.length);
  if (characters > limit || characters * 6 <= limit) return characters > limit;
  return sizeOf(result, limit, (text) => Buffer.byteLength(JSON.stringify(text))) > limit;
}

/** Approximate length of a value as JSON; stops counting beyond `most`. Numbers and booleans count as one. */
function sizeOf(value: unknown, most: number, lengthOf: (text: string) => number): number {
  if (typeof value === "string") return lengthOf(value);
  if (typeof value !== "object" || value === null) return 1;
  let size = 1;
  if (Array.isArray(value)) {
    for (const item of value) {
      if (size > most) break;
      size += 1 + sizeOf(item, most - size, lengthOf);
    }
    return size;
  }
  for (const key in value) {
    if (size > most) break;
    const item = (value as Record<string, unknown>)[key];
    size += key.length + 4 + sizeOf(item, most - size, lengthOf);
  }
  return size;
}
