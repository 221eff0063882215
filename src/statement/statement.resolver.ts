import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { FromRow, JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import { connectionType } from "../query/connection.js";
import { rowsBy } from "../query/row-shape.js";
import { facetsResolver } from "../query/facet.js";
import { idOf } from "../records/record.ids.js";
import { Citation } from "../source/citation.entity.js";
import { citationsBy } from "../source/citation.sql.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { StatementTopic } from "../topic/statement-topic.entity.js";
import { Addressee } from "./addressee.entity.js";
import { Speaker } from "./speaker.entity.js";
import { Statement } from "./statement.entity.js";
import { StatementFacet } from "./statement.facets.js";
import {
  NewestStatementsArgs,
  type StatementListArgs,
  StatementsByPositionArgs,
} from "./statement.filter.js";
import type { StatementParent } from "./statement.where.js";

const StatementConnection = connectionType("Statement", Statement);

@Resolver(() => Statement)
export class StatementResolver {
  @Query(() => Statement, { nullable: true, description: "A statement by id; null when unknown." })
  statement(
    @Arg("id", () => ID, { description: "Its id." }) id: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("Statement", "id", id, selected);
  }

  @Query(() => Statement, {
    nullable: true,
    description: "A statement by key, a retracted one too; null when unknown.",
  })
  statementByKey(
    @Arg("key", () => String, { description: "Its `key`, to the letter." }) key: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("Statement", "id", idOf("statement", key), selected);
  }

  @Query(() => StatementConnection, {
    nullable: true,
    description: "Everything said that is on record, retracted statements aside.",
  })
  statements(
    @Args(() => NewestStatementsArgs) args: StatementListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.statements(args, page);
  }

  @JoinedRow(Statement, "meetingId", Meeting, {
    nullable: true,
    description: "The meeting at which it was said; null when none is known.",
  })
  meeting: Meeting | null;

  @JoinedRow(Statement, "placeId", Place, {
    nullable: true,
    description: "Where it was said: its own place, else its meeting's when that has just one.",
  })
  place: Place | null;

  @JoinedRow(Statement, "placeCountryCode", Country, {
    nullable: true,
    description: "The country, of that date, in which it was said; may be known without the place.",
  })
  placeCountry: Country | null;

  @JoinedRows(Statement, Speaker, rowsBy("speaker", "statement_id", "position"), {
    listSize: 3,
    description: "The sides that say it, one entry a side; never empty.",
  })
  speakers: Speaker[];

  @JoinedRows(Statement, Addressee, rowsBy("addressee", "statement_id", "position"), {
    listSize: 3,
    description: "Those it is said to, where on record as such.",
  })
  addressees: Addressee[];

  @JoinedRows(
    Statement,
    StatementTopic,
    {
      from: (x) =>
        `topic_of_statement ${x}_of JOIN statement_topic ${x} ON ${x}.id = ${x}_of.topic_id`,
      parentId: (x) => `${x}_of.statement_id`,
      order: (x) => `${x}.label, ${x}.slug`,
    },
    { listSize: 5, description: "What it is about, by label." },
  )
  topics: StatementTopic[];

  @JoinedRows(Statement, Citation, citationsBy("statement_id"), {
    listSize: 5,
    description:
      "The passages that prove it, speakers included; never empty. By date of document, then by document, then by where they stand in it.",
  })
  citations: Citation[];
}

export const StatementFacetsResolver = facetsResolver(
  StatementConnection,
  StatementFacet,
  "statements",
);

/** Makes the resolver class for the list of statements of a type. */
function statementsOf<Key extends string>(
  parent: StatementParent,
  entity: new () => Record<Key, string>,
  key: Key,
  description: string,
  listArgs = NewestStatementsArgs,
) {
  @Resolver(() => entity)
  class StatementsResolver {
    @FieldResolver(() => StatementConnection, { nullable: true, description })
    statements(
      @FromRow(entity, key) id: string,
      @Args(() => listArgs) args: StatementListArgs,
      @Ctx() { loaders }: Context,
      @LookAheadPage() page: PageSelection,
    ) {
      return loaders.statements(args, page, parent, id);
    }
  }
  return StatementsResolver;
}

export const statementsOn = [
  statementsOf(
    "Person",
    Person,
    "id",
    "What this person said, alone or jointly. `statedOnly` asks that the document names the person.",
  ),
  statementsOf(
    "Country",
    Country,
    "code",
    "What was said on this country's behalf. `statedOnly` asks that the document says for whom the speaker acts.",
  ),
  statementsOf(
    "Place",
    Place,
    "id",
    "What was said here. `statedOnly` asks that the document names the place.",
  ),
  statementsOf(
    "Organization",
    Organization,
    "id",
    "What was said on its behalf. `statedOnly` asks that the document says for whom the speaker acts.",
  ),
  statementsOf(
    "Meeting",
    Meeting,
    "id",
    "What was said at this meeting itself, not at those under it.",
    StatementsByPositionArgs,
  ),
  statementsOf(
    "SourceDocument",
    SourceDocument,
    "id",
    "The statements that cite this document.",
    StatementsByPositionArgs,
  ),
  statementsOf("StatementTopic", StatementTopic, "id", "The statements about this topic."),
];
