/** Thrown for a document key that is not in the database; the message names it. */
export class UnknownDocument extends Error {}
