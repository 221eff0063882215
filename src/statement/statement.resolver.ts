import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { citationsBy } from "../source/citation.sql.js";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Place } from "../place/place.entity.js";
import { ROOT } from "../graphql/edges.js";
import { Citation } from "../source/citation.entity.js";
import { StatementTopic } from "../topic/statement-topic.entity.js";
import { Addressee } from "./addressee.entity.js";
import { Speaker } from "./speaker.entity.js";
import { NewestStatementsArgs, type StatementListArgs } from "./statement.args.js";
import { StatementConnection } from "./statement.connection.js";
import { Statement } from "./statement.entity.js";

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

  @Query(() => StatementConnection, {
    nullable: true,
    description: "Everything said that is on record, retracted statements aside.",
  })
  statements(
    @Args(() => NewestStatementsArgs) args: StatementListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.statements("Query", ROOT, args, selected);
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

  @JoinedRows(
    Statement,
    Speaker,
    {
      from: (x) => `speaker ${x}`,
      parentId: (x) => `${x}.statement_id`,
      order: (x) => `${x}.position`,
    },
    {
      description: "The sides that say it, one entry a side; never empty.",
    },
  )
  speakers: Speaker[];

  @JoinedRows(
    Statement,
    Addressee,
    {
      from: (x) => `addressee ${x}`,
      parentId: (x) => `${x}.statement_id`,
      order: (x) => `${x}.position`,
    },
    {
      description: "Those it is said to, where on record as such.",
    },
  )
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
    { description: "What it is about, by label." },
  )
  topics: StatementTopic[];

  @JoinedRows(Statement, Citation, citationsBy("statement_id"), {
    description: "The passages that prove it, speakers included; never empty. In order of telling.",
  })
  citations: Citation[];
}
