import { createUnionType, Field, Float, ObjectType } from "type-graphql";
import { Agreement } from "../agreement/agreement.entity.js";
import { Country } from "../country/country.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { connectionType } from "../query/connection.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import { Statement } from "../statement/statement.entity.js";

/** A row of any noun, and of which: rows are plain objects, which do not tell themselves. */
export type FoundRecord = object & { __typename: string };

const RecordSearchResult = createUnionType({
  name: "RecordSearchResult",
  description: "What a search can find: RecordKind names the same. May gain types.",
  types: () => [Person, Country, Meeting, Statement, Place, Organization, Agreement] as const,
  resolveType: (found) => (found as unknown as FoundRecord).__typename,
});

@ObjectType({ description: "Something that a search found." })
class RecordSearchEdge {
  @Field(() => String, { description: "Opaque; good for `after` of the same field." })
  cursor: string;

  @Field(() => RecordSearchResult, { description: "What was found." })
  node: FoundRecord;

  @Field(() => Float, {
    description:
      "How well it fits, from 0 to 1: 1 is its whole name or title, from 0.5 its words, less a name that is spelt differently. " +
      "It orders this result only; how it is computed may change.",
  })
  score: number;
}

export const RecordSearchConnection = connectionType("RecordSearch", RecordSearchResult, {
  edge: RecordSearchEdge,
  of: "what a search found",
  counted: "How much was found; null past 1,000, of which the first 1,000 are listed.",
});
