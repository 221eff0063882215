import type { GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import { unknownCode } from "../country/country.unknown.js";
import type { HooksOf } from "../http/apollo.js";
import type { Loaders } from "../loaders.js";
import { idOf } from "../records/record.ids.js";
import { type GivenCode, type GivenSlug, NOUNS, shown, slugsGiven } from "./slugs.js";

/** How many of the values given are looked up. */
const MAX_LOOKED_UP = 20;

/** A value of an argument that nothing on record has. */
interface UnknownValue {
  /** The variable in which it stands, or the place in the document, such as `filter.speakers`. */
  argument: string;
  /** What is wrong, and what may be meant. */
  message: string;
}

/**
 * Reports each slug, key and country's code in a request that nothing on record has, in the `extensions` of the response: an empty result
 * looks the same otherwise. It takes one SQL statement for each type, before the others.
 */
export function reportUnknownValues(schema: GraphQLSchema): HooksOf<Context> {
  return ({ request, contextValue: { loaders } }) => {
    let unknownValues: UnknownValue[] | undefined;
    return {
      async didResolveOperation({ document }) {
        const given = slugsGiven(schema, document, request.variables ?? {});
        const looked = given.slice(0, MAX_LOOKED_UP).map((one) => unknownValue(one, loaders));
        unknownValues = (await Promise.all(looked)).filter((one) => one !== null);
      },
      willSendResponse({ response: { body } }) {
        if (!unknownValues?.length || body.kind !== "single") return;
        body.singleResult.extensions = { ...body.singleResult.extensions, unknownValues };
      },
    };
  };
}

async function unknownValue(
  given: GivenSlug | GivenCode,
  loaders: Loaders,
): Promise<UnknownValue | null> {
  const { argument } = given;
  if (given.noun === "Country") {
    const message = unknownCode(given);
    return message === null ? null : { argument, message };
  }
  if ((await itemOf(given, loaders)) !== null) return null;
  const { word, by } = NOUNS[given.noun];
  return { argument, message: `${argument}: no ${word} has the ${by} ${shown(given.slug)}.` };
}

function itemOf({ noun, slug }: GivenSlug, loaders: Loaders): Promise<object | null> | null {
  // Keys are no columns that items are found by: ids are derived from them.
  if (noun === "Statement") return loaders.byKey(noun, "id", idOf("statement", slug), KEY);
  if (noun === "SourceDocument") return loaders.byKey(noun, "id", idOf("document", slug), KEY);
  return loaders.byKey(noun, "slug", slug, KEY);
}

/** What is read of an item. */
const KEY = { id: {} };
