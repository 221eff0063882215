/** Thrown where no document on record has a key that was named; the message says which. */
export class UnknownDocument extends Error {}
