const NOT_TEXT = /[\0\p{Surrogate}]/u;

/** Whether PostgreSQL can store the string: no NUL, no lone surrogate. */
export function isText(value: string): boolean {
  return !NOT_TEXT.test(value);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the text is a UUID in lower case, as in our ids. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
