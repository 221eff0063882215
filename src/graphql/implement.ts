import { type GraphQLSchema, isObjectType } from "graphql";
import { getMetadataStorage } from "type-graphql";

/** A class with the decorator of an object type, or of an interface. */
type TypeClass = abstract new (...args: never[]) => object;

/**
 * Declares that types implement an interface, from outside of them, as `@Resolver(() => Person)` adds fields to a type of another
 * folder. The interface needs no `resolveType`: rows have their `__typename`.
 */
export function implement(interfaceClass: TypeClass, types: readonly TypeClass[]): void {
  for (const type of getMetadataStorage().objectTypes) {
    if (!types.includes(type.target as TypeClass)) continue;
    type.interfaceClasses = [...(type.interfaceClasses ?? []), interfaceClass];
  }
}

/** Lists the fields of interfaces after the own fields of each type, where readers of the schema look for these; `id` stays the first. */
export function listInterfaceFieldsLast(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const fields = type.getFields();
    const inherited = type.getInterfaces().flatMap((one) => Object.keys(one.getFields()));
    for (const name of inherited.filter((name) => name !== "id")) {
      const field = fields[name]!;
      Reflect.deleteProperty(fields, name);
      fields[name] = field;
    }
  }
}
