import { GraphQLError, GraphQLScalarType } from "graphql";

/** First and last day (`YYYY-MM-DD`) that a partial date can mean. A month or a year is never a single day. */
export interface DateBounds {
  from: string;
  to: string;
}

const FORM = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** The bounds of `2024-11-20`, `2024-11` or `2024`; null for anything else, 2023-02-29 and year 0 included. */
export function boundsOfPartialDate(text: string): DateBounds | null {
  const [, year, month, day] = FORM.exec(text) ?? [];
  if (year === undefined || year === "0000") return null;
  const first = `${year}-${month ?? "01"}-${day ?? "01"}`;
  if (!isDay(first)) return null;
  if (day !== undefined) return { from: first, to: first };
  const lastMonth = month ?? "12";
  return { from: first, to: `${year}-${lastMonth}-${daysIn(year, lastMonth)}` };
}

/** The partial date with these bounds, the inverse of {@link boundsOfPartialDate}. Null if there is no date. */
export function partialDateOf(from: string | null, to: string | null): string | null {
  if (from === null || to === null) return null;
  if (from === to) return from;
  return from.slice(0, 7) === to.slice(0, 7) ? from.slice(0, 7) : from.slice(0, 4);
}

/** The SQL expression of {@link partialDateOf}. */
export const partialDateSql = (from: string, to: string): string =>
  `CASE WHEN ${from} = ${to} THEN ${from}::text
    WHEN to_char(${from}, 'YYYY-MM') = to_char(${to}, 'YYYY-MM') THEN to_char(${from}, 'YYYY-MM')
    ELSE to_char(${from}, 'YYYY') END`;

function isDay(text: string): boolean {
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)];
  if (month < "01" || month > "12" || day < "01") return false;
  return day <= "28" || day <= daysIn(year, month);
}

function daysIn(year: string, month: string): string {
  const last = new Date(Date.UTC(2000, Number(month), 0));
  // setUTCFullYear, since Date.UTC reads the years 0 to 99 as 1900 to 1999.
  last.setUTCFullYear(Number(year), Number(month), 0);
  return String(last.getUTCDate());
}

/** A date field, and the properties that hold its first and last day. */
export interface DateField {
  field: string;
  from: string;
  to: string;
}

const dateFields = new Map<object, DateField[]>();

/** Declares a field that shows the date between the days that two properties hold. */
export function PartialDateField(from: string, to: string): PropertyDecorator {
  return ({ constructor }, field) => {
    const declared = { field: field as string, from, to };
    dateFields.set(constructor, [...dateFieldsOf(constructor), declared]);
  };
}

/** The date fields that a class itself declares. */
export const dateFieldsOf = (entity: object): readonly DateField[] => dateFields.get(entity) ?? [];

/**
 * Accepts any string: it is validated with the other arguments (arguments.ts), where an error can include the path of the
 * argument.
 */
export const PartialDate = new GraphQLScalarType<string, string>({
  name: "PartialDate",
  description:
    "A calendar date as precise as its source: a day `2024-11-20`, a month `2024-11` or a year `2024` " +
    "(ISO 8601, reduced precision; years 0001 to 9999), nothing else. As an argument, any other text is BAD_USER_INPUT.",
  specifiedByURL: "https://www.w3.org/TR/NOTE-datetime",
  serialize: String,
  parseValue(value) {
    if (typeof value === "string") return value;
    throw new GraphQLError('A PartialDate is a string such as "2024-11-20", "2024-11" or "2024".', {
      extensions: { code: "BAD_USER_INPUT" },
    });
  },
});
