import { printSubgraphSchema } from "@apollo/subgraph";
import type { GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import { withTypename } from "./edges.js";
import { MOST_ERRORS, tooManyErrors } from "./error-bounds.js";
import { BadUserInput } from "../errors.js";
import { KEYS, type KeyedType, type Loaders } from "../loaders.js";
import { selectedIn, type Selection } from "./look-ahead.js";
import { isText } from "../scalars/text.js";

/**
 * Resolves `_entities` by the keys of their types, with the same loaders as everything else in the request. A representation that can't be read is an error at its own
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
  if (typeof key !== "string" || !isText(key)) {
    throw new BadUserInput(`${path}.${name}`, "expected a string.");
  }
  const found = loaders.byKey(type, name as never, key, selected);
  return found && withTypename(type, found);
}

function isKeyedType(type: unknown): type is KeyedType {
  return typeof type === "string" && Object.hasOwn(KEYS, type);
}
