import { GraphQLError, GraphQLScalarType } from "graphql";

/** Returns a moment as `DateTime` has it: RFC 3339, UTC, milliseconds. */
export function dateTimeOf(moment: string | Date): string {
  return new Date(moment).toISOString();
}

/** A moment: a text as it is kept, or what PostgreSQL's driver reads. */
export const DateTime = new GraphQLScalarType<string, string>({
  name: "DateTime",
  description: "A moment: RFC 3339, UTC, with milliseconds, `2024-11-21T09:30:00.000Z`.",
  specifiedByURL: "https://scalars.graphql.org/andimarek/date-time",
  serialize: (value) => dateTimeOf(value as string | Date),
  parseValue(value) {
    if (typeof value === "string") return value;
    throw new GraphQLError('A DateTime is a string such as "2024-11-21T09:30:00.000Z".', {
      extensions: { code: "BAD_USER_INPUT" },
    });
  },
});
