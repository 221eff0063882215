import { GraphQLError, GraphQLScalarType } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";

/** Returns a moment as `DateTime` has it: RFC 3339, UTC, milliseconds. */
export function dateTimeOf(moment: string | Date): string {
  return new Date(moment).toISOString();
}

/** Matches a year that both PostgreSQL and our texts support. A moment may be in another year in UTC than in its own time zone. */
const YEAR = /^(?!0000)\d{4}-/;

/** Returns the moment that a client gives as RFC 3339, in any time zone, as {@link dateTimeOf} writes it; null if it is none. */
export function momentOf(text: string): string | null {
  try {
    const moment = dateTimeOf(GraphQLDateTimeISO.parseValue(text.toUpperCase()));
    return YEAR.test(moment) ? moment : null;
  } catch {
    return null;
  }
}

/** A moment: a text as it is kept, or what PostgreSQL's driver reads. As an argument, arguments.ts validates it. */
export const DateTime = new GraphQLScalarType<string, string>({
  name: "DateTime",
  description:
    "A moment: RFC 3339, UTC, with milliseconds, `2024-11-21T09:30:00.000Z`. As an argument, RFC 3339 in any time zone, of which " +
    "finer parts than milliseconds are cut off; any other text is BAD_USER_INPUT.",
  specifiedByURL: "https://scalars.graphql.org/andimarek/date-time",
  serialize: (value) => dateTimeOf(value as string | Date),
  parseValue(value) {
    if (typeof value === "string") return value;
    throw new GraphQLError('A DateTime is a string such as "2024-11-21T09:30:00.000Z".', {
      extensions: { code: "BAD_USER_INPUT" },
    });
  },
});
