/** The characters that PostgreSQL can't store in a text: NUL and lone surrogates. */
export const UNSTORABLE = /[\0\p{Surrogate}]/u;
