import { printSubgraphSchema } from "@apollo/subgraph";
import type { GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import { byId, withTypename } from "./edges.js";
import { MOST_ERRORS, tooManyErrors } from "./error-bounds.js";
import { BadUserInput } from "../errors.js";
import type { Loaders } from "../loaders.js";
import { selectedIn, type Selection } from "./look-ahead.js";
import { isText } from "../scalars/text.js";

type Find = (loaders: Loaders, key: string, selected: Selection) => Promise<object | null> | null;

/** How each entity is found by each of its keys: the same loaders as everything else in the request. */
const KEYS: Record<string, Record<string, Find>> = {
  Person: {
    id: (loaders, id, selected) => byId(loaders.personById(selected), id),
    slug: (loaders, slug, selected) => loaders.personBySlug(selected).load(slug),
  },
  Country: {
    code: (loaders, code, selected) => loaders.countryByCode(selected).load(code),
    id: (loaders, code, selected) => loaders.countryByCode(selected).load(code),
  },
  Place: {
    id: (loaders, id, selected) => byId(loaders.placeById(selected), id),
    slug: (loaders, slug, selected) => loaders.placeBySlug(selected).load(slug),
  },
  Organization: {
    id: (loaders, id, selected) => byId(loaders.organizationById(selected), id),
    slug: (loaders, slug, selected) => loaders.organizationBySlug(selected).load(slug),
  },
  Meeting: {
    id: (loaders, id, selected) => byId(loaders.meetingById(selected), id),
    slug: (loaders, slug, selected) => loaders.meetingBySlug(selected).load(slug),
  },
  Agreement: {
    id: (loaders, id, selected) => byId(loaders.agreementById(selected), id),
    slug: (loaders, slug, selected) => loaders.agreementBySlug(selected).load(slug),
  },
  Statement: { id: (loaders, id, selected) => byId(loaders.statementById(selected), id) },
  SourceDocument: { id: (loaders, id, selected) => byId(loaders.documentById(selected), id) },
  StatementTopic: { slug: (loaders, slug, selected) => loaders.topicBySlug(selected).load(slug) },
};

/**
 * Resolves `_entities` by the keys above. A representation that can't be read is an error at its own
 * index that names it; an unknown key is null; neither takes the other representations with it.
 * `_service` answers what `schema.graphql` holds, without the definitions of federation itself.
 */
export function resolveEntities(schema: GraphQLSchema): void {
  const { _entities, _service } = schema.getQueryType()!.getFields();
  const sdl = printSubgraphSchema(schema);
  _service!.resolve = () => ({ sdl });
  _entities!.resolve = (
    _root,
    { representations }: { representations: unknown[] },
    { loaders }: Context,
    info,
  ) => {
    const selected = selectedIn(info);
    let errors = 0;
    return representations.map((representation, i) => {
      try {
        return entity(loaders, representation, `representations[${i}]`, selected);
      } catch (error) {
        if (++errors > MOST_ERRORS) throw tooManyErrors();
        return error;
      }
    });
  };
}

function entity(loaders: Loaders, representation: unknown, path: string, selected: Selection) {
  if (typeof representation !== "object" || representation === null) {
    throw new BadUserInput(path, "expected an object with __typename and a key.");
  }
  const { __typename: type, ...fields } = representation as Record<string, unknown>;
  const keys = typeof type === "string" && Object.hasOwn(KEYS, type) ? KEYS[type] : undefined;
  if (!keys) {
    const known = Object.keys(KEYS).join(", ");
    throw new BadUserInput(`${path}.__typename`, `expected the name of an entity: ${known}.`);
  }
  const name = Object.keys(keys).find((key) => fields[key] !== undefined && fields[key] !== null);
  if (!name) {
    const expected = Object.keys(keys).join(" or ");
    throw new BadUserInput(path, `expected a key of ${String(type)}: ${expected}.`);
  }
  const key = fields[name];
  if (typeof key !== "string" || !isText(key)) {
    throw new BadUserInput(`${path}.${name}`, "expected a string.");
  }
  const found = keys[name]!(loaders, key, selected);
  return found && withTypename(type as string, found);
}
