import { GraphQLError, GraphQLScalarType } from "graphql";

const FORM = /^(?:[A-Z]{2}|[A-Z]{4})$/;

/** Whether the text has the form of a country code. It may still be one that was never assigned. */
export function isCountryCode(text: string): boolean {
  return FORM.test(text);
}

/** Accepts any string, for the same reason as PartialDate: arguments.ts validates it and names the argument in the error. */
export const CountryCode = new GraphQLScalarType<string, string>({
  name: "CountryCode",
  description:
    "A country's code, upper case: ISO 3166-1 alpha-2 (`IN`; `XK` for Kosovo included), or ISO 3166-3 for a former " +
    "country (`SUHH`, `YUCS`). As an argument, a text of another form is BAD_USER_INPUT; a code never assigned matches nothing.",
  specifiedByURL: "https://www.iso.org/iso-3166-country-codes.html",
  serialize: String,
  parseValue(value) {
    if (typeof value === "string") return value;
    throw new GraphQLError('A CountryCode is a string such as "IN" or "SUHH".', {
      extensions: { code: "BAD_USER_INPUT" },
    });
  },
});
