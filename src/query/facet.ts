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
import { NULL_ON_ERROR, READ_SEPARATELY } from "./connection.js";
import type { ListOfParents } from "./kept-counts.js";
import type { Connection } from "./page.js";
import { UNDATED } from "./ordering.js";

@ObjectType({
  description: "How many rows of a list have one value of a facet.",
})
export class RecordFacetCount {
  @Field(() => String, {
    description:
      "What the filter of the same name takes to list these rows alone: a slug, a code, a year or month.",
  })
  value: string;

  @Field(() => String, { description: "What to show for it, in English." })
  label: string;

  @Field(() => Int, { description: "How many rows of the list have it." })
  count: number;
}

/** How to count the rows of a list by the values of a facet. */
export interface Facet {
  /** Joins the table with the key to the rows of the list; absent if the row itself has the key. */
  join?: string;
  /** The expression to group by, or a function of the list's keys; null for a row without a value. */
  key: string | ((keys: Readonly<Record<string, string>>) => string);
  /** Joins the table with value and label to `counted.key`; absent if the key is enough. */
  valueJoin?: string;
  value: string;
  label: string;
  /** Whether one row can have the same value twice: a person who speaks for two sides. */
  repeats?: boolean;
  /** The lists by value whose counts the database keeps: those of the facet of all rows. */
  lists?: ListOfParents;
}

/** The result of counting a list by a facet. */
export interface FacetCounts {
  counts: RecordFacetCount[];
  /** The total count, rows without a value included; null if the facet does not count each row once. */
  total: number | null;
}

/** Whether a facet counts each row exactly once, because the row itself has the value. */
export function countsEachRowOnce({ join }: Facet): boolean {
  return join === undefined;
}

const YEAR_VALUE = "lpad(counted.key::text, 4, '0')";

/** The year of the first date, computed from the order key `newest`, so that an index-only scan is enough. */
export const YEAR = {
  key: ({ newest }: Readonly<Record<string, string>>) =>
    `CASE WHEN ${newest} < ${UNDATED} THEN date_part('year', date '1970-01-01' - (${newest} >> 24)::int) END`,
  value: YEAR_VALUE,
  label: YEAR_VALUE,
};

/** The month of a date that is known to the month: the keys are SQL for the first and the last day it can be. */
export const month = (from: string, to: string) => ({
  key: `CASE WHEN date_trunc('month', ${from}) = date_trunc('month', ${to})
    THEN extract(year FROM ${from})::int * 12 + extract(month FROM ${from})::int - 1 END`,
  value: MONTH_VALUE,
  label: MONTH_VALUE,
});

const MONTH_VALUE =
  "lpad((counted.key / 12)::text, 4, '0') || '-' || lpad((counted.key % 12 + 1)::text, 2, '0')";

/** A facet of items with a name. `value` is the column that the filter takes, `label` the one with the name. */
export const facetByName = (table: string, column = "id", value = "slug", label = "name") => ({
  valueJoin: `JOIN ${table} v ON v.${column} = counted.key`,
  value: `v.${value}`,
  label: `v.${label}`,
});

export const PERSON = facetByName("person");
export const PLACE = facetByName("place");
export const ORGANIZATION = facetByName("organization");
export const COUNTRY = facetByName("country", "code", "code");

/** A facet of an enum column, whose labels are written like `Community event`. */
export const enumFacet = (column: string) => ({
  key: column,
  value: "counted.key::text",
  label: "left(counted.key::text, 1) || lower(translate(substr(counted.key::text, 2), '_', ' '))",
});

/** The default and the maximum of values in a facet. */
const DEFAULT_FACET_SIZE = 10;
const MAX_FACET_SIZE = 100;

/** Checks `first` of a facet. */
export function facetSize(first: number | null | undefined): number {
  if (first === null || first === undefined) return DEFAULT_FACET_SIZE;
  if (first < 1 || first > MAX_FACET_SIZE) {
    throw new BadUserInput("first", `give a number of values from 1 to ${MAX_FACET_SIZE}.`);
  }
  return first;
}

/** The maximum of values to pass over. */
const MAX_SKIPPED = 10_000;

/** Checks `skip` of a facet. */
export function facetSkip(skip: number | null | undefined): number {
  if (skip === null || skip === undefined) return 0;
  if (skip < 0 || skip > MAX_SKIPPED) {
    throw new BadUserInput("skip", `give a number of values from 0 to ${MAX_SKIPPED}.`);
  }
  return skip;
}

/** A connection with facets. */
export interface FacetedConnection<Row, By extends string> extends Connection<Row> {
  facets(by: By, first?: number | null, skip?: number | null): Promise<RecordFacetCount[]>;
}

/** Makes the resolver class of a connection's `facets`. `rows` is the plural of the listed type, for descriptions. */
export function facetsResolver<By extends string>(
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

    @Field(() => Int, {
      nullable: true,
      defaultValue: 0,
      description:
        "How many values to pass over, the most frequent: 0 to 10,000; null means 0. It costs as much as showing them.",
    })
    skip?: number | null;
  }

  @Resolver(() => connection)
  class FacetsResolver {
    @FieldResolver(() => [RecordFacetCount], {
      nullable: true,
      description:
        `How many ${rows} of the whole list, filter applied, have which value: most first, then by value. One without the ` +
        `value counts nowhere, one with several counts under each. ${READ_SEPARATELY} ${NULL_ON_ERROR}`,
    })
    facets(
      @Root() list: FacetedConnection<object, By>,
      @Args(() => FacetArgs) { by, first, skip }: FacetArgs,
    ) {
      return list.facets(by, first, skip);
    }
  }
  return FacetsResolver;
}
