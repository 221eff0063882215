const NOT_TEXT = /[\0\p{Surrogate}]/u;

/** Whether PostgreSQL can store the string: no NUL, no lone surrogate. */
export function isText(value: string): boolean {
  return !NOT_TEXT.test(value);
}

// U+2800 is the Braille pattern without dots.
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;

/** Whether the string has a character that can be seen; an empty one counts, since its length is checked elsewhere. */
export function isVisible(value: string): boolean {
  return value === "" || VISIBLE.test(value);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether the text is a UUID in lower case, as in our ids. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
