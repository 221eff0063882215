/** Thrown for a file that cannot be read; the message names it. */
export class UnreadableFile extends Error {}
