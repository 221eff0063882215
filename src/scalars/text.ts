const NOT_TEXT = /[\0\p{Surrogate}]/u;

/** Whether a string can be stored and compared as text: no NUL, no half of a surrogate pair. */
export function isText(value: string): boolean {
  return !NOT_TEXT.test(value);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the text is a UUID in the lower-case form that ids have. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
