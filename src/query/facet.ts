import {
  Args,
  ArgsType,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Resolver,
  Root,
} from "type-graphql";
import { BadUserInput } from "../errors.js";
import type { Connection } from "./connection.js";
import { UNDATED } from "./ordering.js";

@ObjectType({
  description: "How many rows of a list have one value of a facet.",
})
export class RecordFacetCount {
  @Field(() => String, {
    description:
      "What the filter of the same name takes to list these rows alone: a slug, a code, a year.",
  })
  value: string;

  @Field(() => String, { description: "What to show for it, in English." })
  label: string;

  @Field(() => Int, { description: "How many rows of the list have it." })
  count: number;
}

/** A kind of value to count rows by. */
export interface Facet {
  /** Joins what the key is read from to the rows of the list; absent where the row itself has it. */
  join?: string;
  /** What tells the values apart, which may be found in the list's own keys; rows where it is null have none. */
  key: string | ((keys: Readonly<Record<string, string>>) => string);
  /** Joins what the value is read from to each `counted.key`; absent where that says it all. */
  of?: string;
  value: string;
  label: string;
  /** Whether one row can have one value twice: a person who speaks for two sides. */
  repeats?: boolean;
}

/** What the rows of a list are counted to. */
export interface Counted {
  counts: RecordFacetCount[];
  /** How many rows there are in all, with or without a value; null where the facet does not see each of them once. */
  total: number | null;
}

/** Whether it sees each row once: the row itself has the value. */
export function seesEachRow({ join }: Facet): boolean {
  return join === undefined;
}

const YEAR_VALUE = "lpad(counted.key::text, 4, '0')";

/** The year of the first date, from the key by which lists are ordered, so that an index is enough to count by it. */
export const YEAR = {
  key: ({ newest }: Readonly<Record<string, string>>) =>
    `CASE WHEN ${newest} < ${UNDATED} THEN date_part('year', date '1970-01-01' - (${newest} >> 24)::int) END`,
  value: YEAR_VALUE,
  label: YEAR_VALUE,
};

/** What has a name: the column that the key is found in, what a filter takes for it, and what it is called. */
export const named = (table: string, column = "id", value = "slug", label = "name") => ({
  of: `JOIN ${table} v ON v.${column} = counted.key`,
  value: `v.${value}`,
  label: `v.${label}`,
});

export const PERSON = named("person");
export const PLACE = named("place");
export const COUNTRY = named("country", "code", "code");

/** An enum, shown as a person would write it: `Community event`. */
export const oneOf = (column: string) => ({
  key: column,
  value: "counted.key::text",
  label: "left(counted.key::text, 1) || lower(translate(substr(counted.key::text, 2), '_', ' '))",
});

/** Values of a facet that are told when a client names no number, and the most it may name. */
const DEFAULT_FACET_SIZE = 10;
const LARGEST_FACET_SIZE = 100;

/** Checks how many values a client wants. */
export function facetSize(first: number | null | undefined): number {
  if (first === null || first === undefined) return DEFAULT_FACET_SIZE;
  if (first < 1 || first > LARGEST_FACET_SIZE) {
    throw new BadUserInput("first", `give a number of values from 1 to ${LARGEST_FACET_SIZE}.`);
  }
  return first;
}

/** A list that can count its rows by their values. */
export interface FacetedConnection<Row, By extends string> extends Connection<Row> {
  facets(by: By, first?: number | null): Promise<RecordFacetCount[]>;
}

/** The resolver of a connection's `facets`: what the rows, which `rows` calls by their name, are counted by. */
export function facetsOf<By extends string>(
  connection: new () => object,
  facet: Record<By, string>,
  rows: string,
) {
  @ArgsType()
  class FacetArgs {
    @Field(() => facet, { description: "By what." })
    by: By;

    @Field(() => Int, {
      nullable: true,
      defaultValue: DEFAULT_FACET_SIZE,
      description: "How many values, the most frequent: 1 to 100; null means the default.",
    })
    first?: number | null;
  }

  @Resolver(() => connection)
  class FacetsResolver {
    @FieldResolver(() => [RecordFacetCount], {
      nullable: true,
      description:
        `How many ${rows} of the whole list, filter applied, have which value: most first, then by value. One without the ` +
        "value counts nowhere, one with several counts under each. Costs a statement of its own when selected.",
    })
    facets(
      @Root() list: FacetedConnection<object, By>,
      @Args(() => FacetArgs) { by, first }: FacetArgs,
    ) {
      return list.facets(by, first);
    }
  }
  return FacetsResolver;
}
