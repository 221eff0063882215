import { z } from "zod";

/** The fields of a citation that the tools' own queries select. */
export const CITATION_FIELDS =
  "start end locator exact passageUrl document { key title publisher url }";

/** A citation as those queries return it. */
export interface GivenCitation {
  start: number | null;
  end: number | null;
  locator: string | null;
  exact: string | null;
  passageUrl: string | null;
  document: { key: string; title: string | null; publisher: string | null; url: string | null };
}

/** A passage that proves a fact, as tools return it. What is unknown, or must not be shown, is absent. */
export const CITATION = z
  .object({
    document: z.string().describe("Key of the document."),
    title: z.string().optional(),
    publisher: z.string().optional(),
    url: z.string().optional().describe("Where the passage can be read."),
    start: z
      .int()
      .optional()
      .describe("Where the passage begins in the document's text, in UTF-16 code units."),
    end: z.int().optional().describe("One past its last code unit."),
    locator: z.string().optional().describe("Of a dataset: the row."),
    exact: z
      .string()
      .optional()
      .describe("The words of the passage, where the licence lets them be shown."),
  })
  .describe("A passage that proves it.");

/** A citation as tools return it. */
export type AnswerCitation = z.output<typeof CITATION>;

/** Converts a citation to the form that tools return. */
export function citationOf(given: GivenCitation): AnswerCitation {
  const { document, passageUrl, ...rest } = given;
  const { key, title, publisher, url } = document;
  return present({ document: key, title, publisher, url: passageUrl ?? url, ...rest });
}

/** Leaves out what is null. */
export function present<T extends Record<string, unknown>>(
  value: T,
): { [K in keyof T]: Exclude<T[K], null> } {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== null && each !== undefined),
  ) as { [K in keyof T]: Exclude<T[K], null> };
}
