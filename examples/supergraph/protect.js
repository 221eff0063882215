// Says who may ask what: adds the router's access directives to communique's schema, before it is composed.
//
//   node examples/supergraph/protect.js access.json < schema.graphql > protected.graphql
//
// The file names object types and fields of them, and what a client needs for each: `true` to be signed in, or scopes
// as @requiresScopes takes them, [["a", "b"], ["c"]] for both a and b, or c.

import { readFileSync } from "node:fs";
import { Kind, parse, print, visit } from "graphql";

/** The schema with a directive at each type and field that the access names, and with the import of the directives. */
function protect(sdl, access) {
  const left = new Map(Object.entries(access).map(([at, needed]) => [at, directive(needed, at)]));
  const imports = [...new Set([...left.values()].map(({ name }) => `@${name.value}`))];

  function added(node, at) {
    const its = left.get(at);
    return left.delete(at) ? { ...node, directives: [...node.directives, its] } : node;
  }
  const document = visit(parse(sdl), {
    Argument(argument) {
      if (argument.name.value !== "import") return undefined;
      const values = [...argument.value.values, ...imports.map(text)];
      return { ...argument, value: { kind: Kind.LIST, values } };
    },
    ObjectTypeDefinition(type) {
      const fieldsOf = type.name.value;
      const fields = type.fields.map((field) => added(field, `${fieldsOf}.${field.name.value}`));
      return added({ ...type, fields }, fieldsOf);
    },
  });
  const unknown = [...left.keys()].join(", ");
  if (unknown) throw new Error(`The schema has no such object type or field of one: ${unknown}`);
  return print(document);
}

/** The directive for what is needed at a type or field. */
function directive(needed, at) {
  const isListOf = (isItem) => (value) => Array.isArray(value) && value[0] && value.every(isItem);
  const isScopes = isListOf(isListOf((scope) => typeof scope === "string"));
  if (needed === true) return { kind: Kind.DIRECTIVE, name: name("authenticated"), arguments: [] };
  if (!isScopes(needed)) throw new Error(`${at}: expected true, or scopes such as [["a", "b"]].`);
  const values = needed.map((all) => ({ kind: Kind.LIST, values: all.map(text) }));
  const scopes = { kind: Kind.ARGUMENT, name: name("scopes"), value: { kind: Kind.LIST, values } };
  return { kind: Kind.DIRECTIVE, name: name("requiresScopes"), arguments: [scopes] };
}

const name = (value) => ({ kind: Kind.NAME, value });
const text = (value) => ({ kind: Kind.STRING, value });

try {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error("Name a file that says who may ask what, such as access.json.");
  const access = JSON.parse(readFileSync(file, "utf8"));
  if (access?.constructor !== Object) throw new Error(`${file}: expected an object.`);
  console.log(protect(readFileSync(0, "utf8"), access));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
