import {
  type DefinitionNode,
  type DirectiveNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
  type UnionTypeDefinitionNode,
} from "graphql";

/** How a schema keeps a contract: what is missing or other than promised, and what it has beyond. */
export interface ContractReport {
  broken: string[];
  additions: string[];
}

/**
 * Compares two schemas by all that a client or a router depends on: names, types with their nullability,
 * arguments, defaults and the directives of federation. Descriptions are free.
 */
export function compareToContract(contract: string, schema: string): ContractReport {
  const promised = featuresOf(contract);
  const served = featuresOf(schema);
  const broken = [...promised].flatMap(([name, is]) => {
    const has = served.get(name);
    if (has === is) return [];
    return has === undefined ? [`${name} is missing`] : [`${name} is ${has}, promised is ${is}`];
  });
  const additions = [...served.keys()].filter((name) => !promised.has(name));
  return { broken, additions };
}

/** Everything that can be named in a schema, and what it is: `Person.name` is `String!`. */
function featuresOf(sdl: string): Map<string, string> {
  const features = new Map<string, string>();
  for (const definition of parse(sdl).definitions) {
    for (const [name, is] of featuresIn(definition)) features.set(name, is);
  }
  return features;
}

function featuresIn(node: DefinitionNode): [string, string][] {
  switch (node.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
      return [[node.name.value, "scalar"]];
    case Kind.OBJECT_TYPE_DEFINITION: {
      const type = node.name.value;
      const own: [string, string] = [type, `type${directivesOf(node.directives)}`];
      return [own, ...(node.fields ?? []).flatMap((field) => fieldOf(type, field))];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const type = node.name.value;
      return [[type, "input"], ...(node.fields ?? []).map((field) => inputOf(`${type}.`, field))];
    }
    case Kind.ENUM_TYPE_DEFINITION:
      return enumOf(node);
    case Kind.UNION_TYPE_DEFINITION:
      return unionOf(node);
    default:
      return [];
  }
}

function fieldOf(type: string, field: FieldDefinitionNode): [string, string][] {
  const name = `${type}.${field.name.value}`;
  const is = print(field.type) + directivesOf(field.directives);
  return [[name, is], ...(field.arguments ?? []).map((argument) => inputOf(`${name}:`, argument))];
}

function inputOf(prefix: string, node: InputValueDefinitionNode): [string, string] {
  const byDefault = node.defaultValue ? ` = ${print(node.defaultValue)}` : "";
  return [prefix + node.name.value, print(node.type) + byDefault];
}

function enumOf(node: EnumTypeDefinitionNode): [string, string][] {
  const values = (node.values ?? []).map((value) => `${node.name.value}.${value.name.value}`);
  return [[node.name.value, "enum"], ...values.map((name): [string, string] => [name, "value"])];
}

function unionOf(node: UnionTypeDefinitionNode): [string, string][] {
  const members = (node.types ?? []).map((type) => `${node.name.value}|${type.name.value}`);
  return [[node.name.value, "union"], ...members.map((name): [string, string] => [name, "member"])];
}

/** Those of federation that change what a router does. What a field costs is ours to tell. */
function directivesOf(directives: readonly DirectiveNode[] | undefined): string {
  const printed = (directives ?? [])
    .filter(({ name }) => ["key", "shareable"].includes(name.value))
    .map((directive) => ` ${print(directive)}`);
  return printed.sort().join("");
}
