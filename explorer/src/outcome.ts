import type { Content } from "./html.js";

/** A page to show: what `<main>` holds, and what its head says. */
export interface Page {
  /** What the page shows, without the name of the site. */
  title: string;
  /** The same in a sentence, for search engines and previews. */
  description: string;
  /** The address by which it should be known: without cursors and filters. */
  canonical: string;
  /** An Atom feed of the same, for feed readers to find. */
  feed?: { title: string; path: string };
  /** The address of the same as JSON-LD. */
  linkedData?: string;
  main: Content;
}

/** Thrown if there is nothing at the address: answered with 404 and what a search finds instead. */
export class Missing extends Error {
  /** `kind`: what was asked for, such as `person`; `words`: what to search for instead. */
  constructor(
    readonly kind: string,
    readonly words: string,
  ) {
    super(`no such ${kind}`);
  }
}

/**
 * Thrown if the item is on record by another key, or opens on another tab: answered with a redirect to this path, with the
 * parameters that were given unless it has its own.
 */
export class Moved extends Error {
  constructor(readonly path: string) {
    super(`moved to ${path}`);
  }
}

/** Thrown if the service refuses a parameter of the address, such as an invalid cursor: answered with 400. */
export class Refused extends Error {}

/** Thrown if there is no result, such as a timeout: answered with 503, or with 500 if it is a fault. */
export class Unavailable extends Error {
  constructor(
    message: string,
    readonly status: 500 | 503,
  ) {
    super(message);
  }
}

/** Thrown if as many downloads are being made as can be, of all clients or of this one: answered with 503. */
export class Busy extends Error {}
