import { createUnionType, Field, Float, Int, ObjectType } from "type-graphql";
import { Agreement } from "../agreement/agreement.entity.js";
import { Country } from "../country/country.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { PageInfo } from "../paging/connection.js";
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

@ObjectType({ description: "Something that a search found.", simpleResolvers: true })
export class RecordSearchEdge {
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

@ObjectType({
  description:
    "A page of what a search found (Relay cursor connections), 20 rows by default, 100 at most.",
  simpleResolvers: true,
})
export class RecordSearchConnection {
  @Field(() => [RecordSearchEdge], { description: "The rows of the page with their cursors." })
  edges: RecordSearchEdge[];

  @Field(() => [RecordSearchResult], {
    description: "The rows of the page: `node` of each edge.",
  })
  nodes: FoundRecord[];

  @Field(() => PageInfo, { description: "Where the page stands in the result." })
  pageInfo: PageInfo;

  @Field(() => Int, {
    nullable: true,
    description:
      "How much was found; null past 1,000, of which the first 1,000 are listed. Costs a statement of its own when selected.",
  })
  totalCount: number | null;
}
