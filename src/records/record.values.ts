import { z } from "zod";
import { dateTimeOf } from "../scalars/date-time.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { UNSTORABLE } from "../scalars/text.js";
import { FactCertainty } from "../source/source.enums.js";

/** The zod schemas of values in records. */

// U+2800 is the Braille pattern without dots.
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;

/** Whether the string has a character that can be seen; an empty one counts, since its length is checked elsewhere. */
const isVisible = (value: string) => value === "" || VISIBLE.test(value);

export const text = (longest = 10_000) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => !UNSTORABLE.test(value), "expected text without NUL or lone surrogates")
    .refine(isVisible, "expected a text, found only white space or invisible characters");
/** Names are indexed for sorting, and a PostgreSQL index row holds at most 2,704 bytes. */
export const name = () => text(300);
export const slug = () =>
  z
    .string()
    .max(200)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "expected lower-case letters, digits and single hyphens");
export const key = () =>
  z
    .string()
    .max(300)
    .regex(
      /^[a-z0-9]+(?:[-/.][a-z0-9]+)*$/,
      "expected lower-case letters and digits, parted by single hyphens, dots or slashes",
    );
// A schema with an id appears once in the JSON Schema. `meta` approximates what JSON Schema cannot express.
const date = z
  .string()
  .refine((value) => boundsOfPartialDate(value) !== null, {
    error: ({ input }) => whyNoDate(String(input)),
  })
  .meta({
    id: "partialDate",
    description:
      "A day `2024-11-20`, a month `2024-11` or a year `2024`, as precise as the source.",
    pattern: "^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$",
  });
function whyNoDate(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return `${value} is not a day of the calendar`;
  if (/^\d{4}-\d{2}$/.test(value)) return `${value} is not a month of the calendar`;
  return "expected YYYY-MM-DD, YYYY-MM or YYYY";
}
export const partialDate = () => date;
export const language = () =>
  z
    .string()
    .max(100)
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, "expected a BCP 47 language tag");
export const url = () =>
  z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .refine(
      (value) => !UNSTORABLE.test(value),
      "expected a web address without NUL or lone surrogates",
    );
export const sha256 = () =>
  z.string().regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hexadecimal digits");
export const dateTime = () =>
  z.iso
    .datetime({
      offset: true,
      error: "expected a moment with its time zone, such as 2024-11-21T09:30:00Z",
    })
    .refine(
      (moment) => /^\d{4}-/.test(dateTimeOf(moment)),
      "expected a year from 0000 to 9999, in UTC",
    );
/** Offsets are stored as 4-byte integers. */
export const offset = () => z.int().max(2 ** 31 - 1);
const factCertainty = z.enum(FactCertainty).meta({
  id: "certainty",
  description:
    "STATED: a sentence of the document gives the fact. INFERRED: it needs a premise that the document does not give.",
});
export const certainty = (of: string) =>
  factCertainty.nullish().describe(`How the document supports ${of}; STATED when absent.`);
export const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);
/** A list inside an item. Positions are stored as 2-byte integers. */
export const entries = <T extends z.ZodType>(item: T) => z.array(item).max(10_000);
export const entriesOrNone = <T extends z.ZodType>(item: T) => entries(item).default([]);
