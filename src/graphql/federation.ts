import { printSubgraphSchema } from "@apollo/subgraph";
import type { GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import { withTypename } from "./typename.js";
import { MAX_ERRORS, tooManyErrors } from "./error-limits.js";
import { BadUserInput } from "../errors.js";
import { KEYS, type KeyedType, type Loaders } from "../loaders.js";
import { selectionOf, type Selection } from "./look-ahead.js";
import { UNSTORABLE } from "../scalars/text.js";

/**
 * Resolves `_entities` by key, with the same loaders as the rest of the request. An invalid representation is an error at its
 * own index, an unknown key is null; neither affects the others. `_service` returns the text of `schema.graphql`, without the
 * definitions of federation itself.
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
    const selected = selectionOf(info);
    let errors = 0;
    return representations.map((representation, i) => {
      try {
        return entity(loaders, representation, `representations[${i}]`, selected);
      } catch (error) {
        if (++errors > MAX_ERRORS) throw tooManyErrors();
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
  if (!isKeyedType(type)) {
    const known = Object.keys(KEYS).join(", ");
    throw new BadUserInput(`${path}.__typename`, `expected the name of an entity: ${known}.`);
  }
  const keys = Object.keys(KEYS[type]);
  const name = keys.find((key) => fields[key] !== undefined && fields[key] !== null);
  if (!name) {
    throw new BadUserInput(path, `expected a key of ${type}: ${keys.join(" or ")}.`);
  }
  const key = fields[name];
  if (typeof key !== "string" || UNSTORABLE.test(key)) {
    throw new BadUserInput(`${path}.${name}`, "expected a string.");
  }
  const found = loaders.byKey(type, name as never, key, selected);
  return found && withTypename(type, found);
}

function isKeyedType(type: unknown): type is KeyedType {
  return typeof type === "string" && Object.hasOwn(KEYS, type);
}
