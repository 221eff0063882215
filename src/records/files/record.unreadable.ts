/** Thrown where a file that was named can't be read; the message names it. */
export class UnreadableFile extends Error {}
