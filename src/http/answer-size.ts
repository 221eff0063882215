import type { HooksOf } from "./request-hooks.js";

/** Refuses an answer that would have more bytes than the limit, before it is written. */
export function boundAnswers(limit: number): HooksOf {
  return () => ({
    willSendResponse({ response: { body } }) {
      if (body.kind !== "single" || !isOver(body.singleResult, limit)) return;
      const { extensions } = body.singleResult;
      const message =
        `The answer would have more than ${limit} bytes. ` +
        "Ask for smaller pages (`first`), or for fewer fields.";
      body.singleResult = {
        data: null,
        errors: [{ message, extensions: { code: "ANSWER_TOO_LARGE", limit } }],
        extensions,
      };
    },
  });
}

/** Characters are quickly counted, and have at most six bytes in JSON. Only what may be over is counted byte by byte. */
function isOver(result: unknown, limit: number): boolean {
  const characters = sizeOf(result, limit, (text) => text.length);
  if (characters > limit || characters * 6 <= limit) return characters > limit;
  return sizeOf(result, limit, (text) => Buffer.byteLength(JSON.stringify(text))) > limit;
}

/** How long a value is as JSON, or something over `most`. Numbers and the like are taken for short ones. */
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
