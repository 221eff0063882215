import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { BadUserInput } from "../errors.js";
import { isCountryCode } from "../scalars/country-code.js";
import { momentOf } from "../scalars/date-time.js";
import { isLanguageTag } from "../scalars/language-tag.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { UNSTORABLE } from "../scalars/text.js";

/** The maximum number of values of a list in an argument. */
const LONGEST_LIST = 100;

/** The maximum length of a search text. */
const LONGEST_WORDS = 300;

/**
 * Makes every field check its arguments by their types before it resolves, so that an error has the path of the argument
 * wherever it is: literal or variable, filter or key.
 */
export function checkArguments(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const checked = field.args.filter(({ type }) => getNamedType(type).name !== "_Any");
      if (checked.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args: Record<string, unknown>, context, info) => {
        for (const { name, type } of checked) check(args[name], type, name, name);
        return resolve(source, args, context, info);
      };
    }
  }
}

type Check = (value: never, path: string) => void;

/** Checks that GraphQL's types can't express, by type. Page sizes and cursors are checked in query/page.ts. */
const CHECKS_BY_TYPE: Record<string, Check> = {
  String: checkText,
  ID: checkText,
  CountryCode(code: string, path) {
    if (!isCountryCode(code)) {
      throw new BadUserInput(
        path,
        "expected a country code: two capital letters of ISO 3166-1 (IN), or four of ISO 3166-3 (SUHH).",
      );
    }
  },
  PartialDate(date: string, path) {
    if (!boundsOfPartialDate(date)) {
      throw new BadUserInput(path, "expected a date: 2024-11-20, 2024-11 or 2024.");
    }
  },
  DateTime(moment: string, path) {
    if (momentOf(moment) === null) {
      throw new BadUserInput(path, "expected a moment of RFC 3339: 2024-11-21T09:30:00Z.");
    }
  },
  RecordTimeRange({ from, to }: { from?: string | null; to?: string | null }, path) {
    if (from && to && momentOf(from)! > momentOf(to)!) {
      throw new BadUserInput(path, "the range is reversed: `from` is after `to`.");
    }
  },
  PartialDateRange({ from, to }: { from?: string | null; to?: string | null }, path) {
    const [earliest, latest] = [from && boundsOfPartialDate(from), to && boundsOfPartialDate(to)];
    if (earliest && latest && earliest.from > latest.to) {
      throw new BadUserInput(path, "the range is reversed: `from` is after `to`.");
    }
  },
};

/** Checks of a String with a special meaning, by the name of the argument or input field. */
const CHECKS_BY_NAME: Record<string, Check> = {
  text: checkWords,
  office: checkWords,
  reportedBy: checkWords,
  query: checkWords,
  language: checkLanguage,
};

function check(value: unknown, type: GraphQLInputType, name: string, path: string): void {
  if (value === null || value === undefined) return;
  if (isNonNullType(type)) return check(value, type.ofType, name, path);
  if (isListType(type)) {
    const list = value as unknown[];
    if (list.length > LONGEST_LIST) {
      throw new BadUserInput(path, `give at most ${LONGEST_LIST} values.`);
    }
    list.forEach((item, i) => check(item, type.ofType, name, `${path}[${i}]`));
    return;
  }
  if (isInputObjectType(type)) {
    const fields: readonly Pick<GraphQLArgument, "name" | "type">[] = Object.values(
      type.getFields(),
    );
    for (const { name, type } of fields) {
      check((value as Record<string, unknown>)[name], type, name, `${path}.${name}`);
    }
  }
  CHECKS_BY_TYPE[type.name]?.(value as never, path);
  if (type.name === "String") CHECKS_BY_NAME[name]?.(value as never, path);
}

function checkText(text: string, path: string): void {
  if (UNSTORABLE.test(text)) {
    throw new BadUserInput(path, "expected text without NUL characters or lone surrogates.");
  }
}

function checkWords(text: string, path: string): void {
  if (text.length > LONGEST_WORDS) {
    throw new BadUserInput(path, `give at most ${LONGEST_WORDS} characters.`);
  }
}

function checkLanguage(tag: string, path: string): void {
  if (!isLanguageTag(tag)) {
    throw new BadUserInput(path, "expected a language tag of BCP 47: `fr`, `zh-Hant`.");
  }
}
