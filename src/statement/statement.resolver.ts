import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Place } from "../place/place.entity.js";
import { byId, edge, ROOT } from "../graphql/edges.js";
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
    return byId(loaders.statementById(selected), id);
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

  @FieldResolver(() => Meeting, {
    nullable: true,
    description: "The meeting at which it was said; null when none is known.",
  })
  meeting(@Root() statement: Statement, @Ctx() { loaders }: Context) {
    return edge(loaders.meetingById(), statement.meetingId);
  }

  @FieldResolver(() => Place, {
    nullable: true,
    description: "Where it was said: its own place, else its meeting's when that has just one.",
  })
  place(@Root() statement: Statement, @Ctx() { loaders }: Context) {
    return edge(loaders.placeById(), statement.placeId);
  }

  @FieldResolver(() => Country, {
    nullable: true,
    description: "The country, of that date, in which it was said; may be known without the place.",
  })
  placeCountry(@Root() statement: Statement, @Ctx() { loaders }: Context) {
    return edge(loaders.countryByCode(), statement.placeCountryCode);
  }

  @FieldResolver(() => [Speaker], {
    description: "The sides that say it, one entry a side; never empty.",
  })
  speakers(
    @Root() statement: Statement,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.speakersOfStatement(selected).load(statement.id);
  }

  @FieldResolver(() => [Addressee], {
    description: "Those it is said to, where on record as such.",
  })
  addressees(
    @Root() statement: Statement,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.addresseesOfStatement(selected).load(statement.id);
  }

  @FieldResolver(() => [StatementTopic], { description: "What it is about, by label." })
  topics(
    @Root() statement: Statement,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.topicsOfStatement(selected).load(statement.id);
  }

  @FieldResolver(() => [Citation], {
    description: "The passages that prove it, speakers included; never empty. In order of telling.",
  })
  citations(
    @Root() statement: Statement,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.citationsOfStatement(selected).load(statement.id);
  }
}
