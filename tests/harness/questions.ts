import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
} from "graphql";
import type { Dice } from "../fixtures/world.dice.js";

/** A query as a client would send it. */
export interface Question {
  query: string;
  variables: Record<string, unknown>;
}

/** Keys of what is on record, by the root field or type that takes them. */
export type Keys = Readonly<Record<string, readonly string[]>>;

/** How many lists a query puts into each other, and how many fields it asks of one thing. */
const DEEPEST = 5;
const MOST_FIELDS = 4;

/** Makes up valid queries on a schema: any fields, in fragments or not, pages by literals and by variables. */
export class Questioner {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly dice: Dice,
    private readonly keys: Keys,
  ) {}

  ask(): Question {
    return new Asking(this.schema, this.dice, this.keys).question();
  }
}

/** One query while it is made up. Every field has an alias of its own, which begins with its name. */
class Asking {
  private readonly variables: { name: string; type: string; value: unknown; preset?: number }[] =
    [];
  private readonly fragments: { name: string; type: string; level: number; text: string }[] = [];
  private aliases = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly dice: Dice,
    private readonly keys: Keys,
  ) {}

  question(): Question {
    const fields = this.selection(this.schema.getQueryType()!, DEEPEST);
    const declared = this.variables.map(
      ({ name, type, preset }) => `$${name}: ${type}${preset === undefined ? "" : ` = ${preset}`}`,
    );
    const sent = this.variables.filter(({ value }) => value !== undefined);
    return {
      query: [
        `query${declared.length > 0 ? `(${declared.join(", ")})` : ""} ${fields}`,
        ...this.fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`),
      ].join("\n"),
      variables: Object.fromEntries(sent.map(({ name, value }) => [name, value])),
    };
  }

  private selection(type: GraphQLNamedType, level: number): string {
    return isObjectType(type) ? this.fieldsOf(type, level) : this.members(type, level);
  }

  private members(type: GraphQLNamedType, level: number): string {
    const members = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [];
    const some = this.dice.some(members, 1, 3);
    return `{ __typename ${some.map((member) => this.fragment(member, level)).join(" ")} }`;
  }

  private fieldsOf(type: GraphQLObjectType, level: number): string {
    const fields = Object.values(type.getFields()).filter(
      (field) => level > 0 || isLeafType(getNamedType(field.type)),
    );
    const asked = this.dice
      .some(fields, 1, MOST_FIELDS)
      .filter(({ name }) => name !== "_service")
      .map((field) => this.field(type, field, level));
    if (this.dice.chance(0.3)) asked.push(this.fragment(type, level));
    return `{ __typename ${asked.join(" ")} }`;
  }

  /** A fragment: inline, one that was spread elsewhere already, or a new one. */
  private fragment(type: GraphQLObjectType, level: number): string {
    if (level === 0) return "__typename";
    const known = this.fragments.filter((it) => it.type === type.name && it.level <= level);
    if (known.length > 0 && this.dice.chance(0.6)) {
      return `...${this.dice.pick(known).name}${this.condition()}`;
    }
    const text = this.fieldsOf(type, level - 1);
    if (this.dice.chance(0.5)) return `... on ${type.name}${this.condition()} ${text}`;
    const name = `F${this.fragments.length}`;
    this.fragments.push({ name, type: type.name, level, text });
    return `...${name}${this.condition()}`;
  }

  private field(parent: GraphQLObjectType, field: GraphQLField<unknown, unknown>, level: number) {
    const type = getNamedType(field.type);
    const alias = `${field.name}_${this.aliases++}: ${field.name}`;
    // Whole lists and pages are what a query grows by.
    const grows = isListType(getNullableType(field.type)) || type.name.endsWith("Connection");
    const below = isLeafType(type) ? "" : this.selection(type, level - (grows ? 2 : 1));
    return `${alias}${this.argumentsOf(parent, field)}${this.condition()} ${below}`;
  }

  private argumentsOf(parent: GraphQLObjectType, { name, args }: GraphQLField<unknown, unknown>) {
    const given = args.flatMap((arg): string[] => {
      switch (arg.name) {
        case "slug":
        case "key":
        case "code":
        case "id":
          return [`${arg.name}: "${this.dice.pick(this.keys[name]!)}"`];
        case "type":
          return ["type: STATEMENT"];
        case "number":
          return ["number: 1"];
        case "query":
          return [`query: "${this.dice.pick(["ice", "floe", "ministers", "talks"])}"`];
        case "by":
          return ["by: YEAR"];
        case "language":
          return [`language: "en"`];
        case "representations":
          return [`representations: ${this.representations()}`];
        default:
          return [];
      }
    });
    const names = args.map(({ name }) => name).filter((name) => ["first", "last"].includes(name));
    if (names.length > 0 && this.dice.chance(0.7)) {
      given.push(`${this.dice.pick(names)}: ${this.size(name === "facets" ? 1 : 0)}`);
    }
    if (args.some(({ name }) => name === "filter") && this.dice.chance(0.2))
      given.push("filter: {}");
    return given.length > 0 ? `(${given.join(", ")})` : "";
  }

  /** A page size: mostly small, sometimes null, none, or by a variable with or without a default. */
  private size(least: number): string {
    const some = () => least + this.dice.below(this.dice.chance(0.2) ? 60 : 6);
    const value = this.dice.chance(0.1) ? null : some();
    if (this.dice.chance(0.5)) return String(value);
    const preset = this.dice.maybe(some);
    return this.variable("Int", this.dice.chance(0.3) ? undefined : value, preset);
  }

  private representations(): string {
    const type = this.dice.pick(Object.keys(this.keys).filter((name) => /^[A-Z]/.test(name)));
    const keys = this.dice.some(this.keys[type]!, 0, 8);
    const key = type === "StatementTopic" ? "slug" : "id";
    if (this.dice.chance(0.5)) {
      return `[${keys.map((value) => `{ __typename: "${type}", ${key}: "${value}" }`).join(", ")}]`;
    }
    const value = keys.map((value) => ({ __typename: type, [key]: value }));
    return this.variable("[_Any!]!", value);
  }

  private condition(): string {
    if (!this.dice.chance(0.15)) return "";
    const value = this.dice.chance(0.5);
    const given = this.dice.chance(0.5) ? String(value) : this.variable("Boolean!", value);
    return ` @${this.dice.pick(["skip", "include"])}(if: ${given})`;
  }

  private variable(type: string, value: unknown, preset?: number): string {
    const name = `v${this.variables.length}`;
    this.variables.push({ name, type, value, preset });
    return `$${name}`;
  }
}
