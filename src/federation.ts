import { printSubgraphSchema } from "@apollo/subgraph";
import type { GraphQLSchema } from "graphql";
import type { Context } from "./context.js";
import { byId, withTypename } from "./edges.js";
import { BadUserInput } from "./errors.js";
import type { Loaders } from "./loaders.js";
import { isText } from "./scalars/text.js";

type Lookup = (loaders: Loaders, key: string) => Promise<object | null> | null;

/** How each entity is found by each of its keys: the same loaders as everything else in the request. */
const KEYS: Record<string, Record<string, Lookup>> = {
  Person: {
    id: (loaders, id) => byId(loaders.personById, id),
    slug: (loaders, slug) => loaders.personBySlug.load(slug),
  },
  Country: {
    code: (loaders, code) => loaders.countryByCode.load(code),
    id: (loaders, code) => loaders.countryByCode.load(code),
  },
  Place: {
    id: (loaders, id) => byId(loaders.placeById, id),
    slug: (loaders, slug) => loaders.placeBySlug.load(slug),
  },
  Organization: {
    id: (loaders, id) => byId(loaders.organizationById, id),
    slug: (loaders, slug) => loaders.organizationBySlug.load(slug),
  },
  Meeting: {
    id: (loaders, id) => byId(loaders.meetingById, id),
    slug: (loaders, slug) => loaders.meetingBySlug.load(slug),
  },
  Agreement: {
    id: (loaders, id) => byId(loaders.agreementById, id),
    slug: (loaders, slug) => loaders.agreementBySlug.load(slug),
  },
  Statement: { id: (loaders, id) => byId(loaders.statementById, id) },
  SourceDocument: { id: (loaders, id) => byId(loaders.documentById, id) },
  StatementTopic: { slug: (loaders, slug) => loaders.topicBySlug.load(slug) },
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
  ) =>
    representations.map((representation, i) => {
      try {
        return entity(loaders, representation, `representations[${i}]`);
      } catch (error) {
        return error;
      }
    });
}

function entity(loaders: Loaders, representation: unknown, path: string) {
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
  const found = keys[name]!(loaders, key);
  return found && withTypename(type as string, found);
}
