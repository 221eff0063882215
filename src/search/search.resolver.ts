import {
  Args,
  ArgsType,
  createUnionType,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  Float,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { Agreement } from "../agreement/agreement.entity.js";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import { type TypedRow, withTypename } from "../graphql/typename.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import type { Loaders } from "../loaders.js";
import type { ItemTypename } from "../revision/record-item.types.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import {
  connectionType,
  ForwardPageArgs,
  NULL_ON_ERROR,
  READ_SEPARATELY,
} from "../query/connection.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { Statement } from "../statement/statement.entity.js";
import { StatementTopic } from "../topic/statement-topic.entity.js";
import { RecordKind } from "./search.enums.js";

@ArgsType()
class RecordSearchArgs extends ForwardPageArgs {
  @Field(() => String, {
    description:
      'What to look for: a name in any script, or words in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter. ' +
      "Of its words the first 20 count; without letters or digits it finds nothing. At most 300 characters.",
  })
  query: string;

  @Field(() => [RecordKind], {
    nullable: true,
    description: "Of which kinds; all when absent, none when empty.",
  })
  kinds?: RecordKind[] | null;
}

const RecordSearchResult = createUnionType({
  name: "RecordSearchResult",
  description: "What a search can find: RecordKind names the same. May gain types.",
  types: () =>
    [
      Person,
      Country,
      Meeting,
      Statement,
      Place,
      Organization,
      Agreement,
      SourceDocument,
      StatementTopic,
    ] as const,
  resolveType: (found) => (found as unknown as TypedRow).__typename,
});

@ObjectType({ description: "Part of a text, in UTF-16 code units (W3C TextPositionSelector)." })
class RecordTextSpan {
  @Field(() => Int, { description: "Where it starts; 0 is the start of the text." })
  start: number;

  @Field(() => Int, { description: "Where it ends: the offset after its last code unit." })
  end: number;
}

@ObjectType({
  description: "Words that were found, and where they stand in `text`, in UTF-16 code units.",
})
class RecordSearchSnippet {
  @Field(() => String, {
    description:
      "The words as they are on record, at most 240 code units; cut between words, with an ellipsis where it is cut.",
  })
  text: string;

  @Extensions({ listSize: 10 })
  @Field(() => [RecordTextSpan], {
    description:
      "The words of `text` that match the query, in its order, none within another. Empty if it is unknown which words match.",
  })
  matches: RecordTextSpan[];
}

@ObjectType({ description: "Something that a search found." })
class RecordSearchEdge {
  @Field(() => String, { description: "Opaque; good for `after` of the same field." })
  cursor: string;

  @Field(() => RecordSearchResult, { description: "What was found." })
  node: TypedRow;

  @Field(() => Float, {
    description:
      "How well it fits, from 0 to 1: 1 for its whole name or title, from 0.75 for words of its name, from 0.5 for words of its title, its text or a " +
      "participant's description, below that for a misspelt name. " +
      "It orders this result only; how it is computed may change.",
  })
  score: number;

  @Field(() => RecordSearchSnippet, {
    nullable: true,
    description:
      "The words that were found: of a statement's text or audience the passage with most of the query's words, of anything else the name or title that has them. Of a meeting whose title lacks them, it is the description of the participant that has them. " +
      "Null for what was found by a name that is spelt nearly so.",
  })
  snippet: RecordSearchSnippet | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The name by which it was found, where that is not the `name` it shows: another spelling, a former name, a name in another script. Null otherwise.",
  })
  matchedName: string | null;
}

const RecordSearchConnection = connectionType("RecordSearch", RecordSearchResult, {
  edge: RecordSearchEdge,
  of: "what a search found",
  counted:
    "How many results there are; null for more than 1,000, of which the first 1,000 are listed.",
});

@ObjectType({ description: "How many results of one kind a search has." })
class RecordKindCount {
  @Field(() => RecordKind, { description: "The kind that is counted." })
  kind: RecordKind;

  @Field(() => Int, { description: "How many results were counted, 1 to 1,000." })
  count: number;

  @Field(() => Boolean, {
    description:
      "Whether there may be more than `count`. Counting stops at 1,000 matches, which kinds found by their names share, as do those found by titles.",
  })
  more: boolean;
}

@Resolver(() => RecordSearchConnection)
export class SearchResolver {
  @Query(() => RecordSearchConnection, {
    nullable: true,
    description:
      "Finds anything by its words: names in any spelling on record, titles, statement texts, descriptions of a meeting's participants; retracted statements and documents, and countries not on record, are left out. " +
      "Whole names come first, then words of names, then of titles and texts, then names that are spelt nearly so (not where the query has quotes or -words); what fits equally well by kind, then by id. " +
      "At most 1,000 are found, the best. Of the statements with the words, only the newest 1,000 are compared. Of the titles that are spelt nearly so, and of the " +
      "meetings with such a description, any 1,000 are compared.",
  })
  searchRecord(
    @Args(() => RecordSearchArgs) args: RecordSearchArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
    @LookAhead() selected: Selection,
  ) {
    const kindCounts = selected.kindCounts !== undefined;
    return loaders.search(args, { ...page, kindCounts }, (kind, id) => {
      const type = TYPES[kind];
      const found =
        type === "Country"
          ? loaders.byKey(type, "code", id, page.rows)!
          : loaders.item(type, id, page.rows);
      return withTypename(type, found);
    });
  }

  @Extensions({ listSize: 9 })
  @FieldResolver(() => [RecordKindCount], {
    nullable: true,
    description:
      "How many results the query has of each kind, whichever `kinds` are requested: the kind with the most results first, without kinds that have none. " +
      `${READ_SEPARATELY} ${NULL_ON_ERROR}`,
  })
  kindCounts(@Root() found: ReturnType<Loaders["search"]>) {
    return found.kindCounts();
  }
}

/** The GraphQL type of each kind. */
const TYPES = {
  PERSON: "Person",
  COUNTRY: "Country",
  MEETING: "Meeting",
  STATEMENT: "Statement",
  PLACE: "Place",
  ORGANIZATION: "Organization",
  AGREEMENT: "Agreement",
  SOURCE_DOCUMENT: "SourceDocument",
  TOPIC: "StatementTopic",
} as const satisfies Record<RecordKind, ItemTypename | "Country">;
