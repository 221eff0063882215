import { Field, InputType } from "type-graphql";
import { generic, SQL } from "../db/sql-text.js";
import { type Criterion, idsOfSlugs } from "../query/list-source.js";
import { listArgs } from "../query/connection.js";
import type { Where } from "../query/where.js";
import { PartialDateRange } from "../scalars/date-range.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { DocumentKind } from "./source.enums.js";

@InputType({
  description:
    "Which source documents to list; never retracted ones. A list means any of its values, an empty one matches nothing; " +
    "different fields must all hold; null is absent. At most 100 values a list.",
})
export class SourceDocumentFilter {
  @Field(() => [String], { nullable: true, description: "Their keys, to the letter." })
  keys?: string[] | null;

  @Field(() => [DocumentKind], { nullable: true, description: "Kinds of text or data." })
  kinds?: DocumentKind[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Who published it, to the letter as `publisher` has it; one without a publisher never matches.",
  })
  publishers?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of organizations, present or former, one of which issued it.",
  })
  issuers?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Its language, BCP 47, to the letter: `en` does not match `en-GB`.",
  })
  languages?: string[] | null;

  @Field(() => PartialDateRange, {
    nullable: true,
    description: "When it was published: any overlap counts.",
  })
  date?: PartialDateRange | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of the title and publisher, in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter; ' +
      "words are also found by their stem, in the language of the document. A text without words matches nothing. " +
      "At most 300 characters.",
  })
  text?: string | null;
}

export const SourceDocumentListArgs = listArgs(SourceDocumentFilter);
export type SourceDocumentListArgs = InstanceType<typeof SourceDocumentListArgs>;

/** The criteria for documents, in the order of how few a value is likely to have. */
export const DOCUMENT_CRITERIA: readonly Criterion<never, SourceDocumentFilter>[] = [
  { filter: "issuers", column: "issuer_id", idsOf: idsOfSlugs("organization") },
  { filter: "languages", column: "language" },
  { filter: "kinds", column: "kind", type: "document_kind" },
];

/** The words of the document `d`, as its index has them. */
const WORDS = SQL`words_of(d.language, coalesce(d.title, '') || ' ' || coalesce(d.publisher, ''))`;

/** Adds the conditions of the filter for documents `d`. */
export function whereDocument(where: Where, filter: SourceDocumentFilter | null | undefined): void {
  where.and(SQL`d.standing <> 'RETRACTED'`);
  if (!filter) return;
  where.isOneOf("d.key", filter.keys, "text");
  if (filter.publishers) wherePublished(where, filter.publishers);
  if (filter.date) whereDated(where, filter.date);
  if (typeof filter.text === "string") where.and(SQL`${WORDS} @@ ${where.words(filter.text)}`);
}

/** The index has only the first 200 characters of names, since longer ones might not fit. */
function wherePublished(where: Where, publishers: readonly string[]): void {
  const [first, ...others] = publishers;
  if (first !== undefined && others.length === 0) {
    const name = generic(first, "text");
    where.and(SQL`left(d.publisher, 200) = left(${name}, 200) AND d.publisher = ${name}`);
  } else {
    const names = generic(publishers, "text[]");
    where.and(SQL`left(d.publisher, 200) = ANY (ARRAY(SELECT left(unnest(${names}), 200)))`);
    where.and(SQL`d.publisher = ANY (${names})`);
  }
}

/** A partial date spans at most a year, so the range of the order key is extended by a year. */
function whereDated(where: Where, { from, to }: PartialDateRange): void {
  const first = from && boundsOfPartialDate(from)?.from;
  const last = to && boundsOfPartialDate(to)?.to;
  if (first) {
    const day = generic(first, "date");
    where.and(SQL`newest_first(d.date_from) <= newest_first(${day}) + 366 AND d.date_to >= ${day}`);
  }
  if (last) where.and(SQL`newest_first(d.date_from) >= newest_first(${generic(last, "date")})`);
  if (!first) where.and(SQL`d.date_from IS NOT NULL`);
}
