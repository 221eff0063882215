import {
  assertObjectType,
  buildSchema,
  GraphQLInt,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";
import { Dice, times } from "../fixtures/world.dice.js";

const DEFINITIONS = `
  type Query { some: Some, certain: Some!, somes: [Some], certains: [Some!]!, any: Any, anys: [Any!] }
  type Some {
    name: String, sureName: String!, count: Int, sureCount: Int!, kind: Kind, sureKind: Kind!
    some: Some, certain: Some!, lists: [[Some!]], any: Any!, anys: [Any]! names: [String!]
  }
  type Other { name: String, sureName: String!, some: Some, certain: Some! }
  union Any = Some | Other
  enum Kind { GOOD BAD }
`;
/** These have no resolver. */
const PROPERTIES = ["name", "sureName", "count", "kind", "certain", "lists", "anys"];

/** Mostly what an object of the union can be. */
const MEMBERS = ["Some", "Some", "Some", "Other", "Other", "Query"];

/** Its own error for each place, so that it can be told which one is answered. */
class Mishap extends Error {}

/**
 * A schema of which every field is fine, null, late or wrong by chance, but the same for the same seed, and what is
 * late comes one after another in an order of chance, so that the same goes wrong first.
 */
export function chanceSchema() {
  const schema = buildSchema(DEFINITIONS);
  for (const name of ["Query", "Some", "Other"]) {
    for (const field of Object.values(assertObjectType(schema.getType(name)).getFields())) {
      if (!PROPERTIES.includes(field.name)) {
        field.resolve = (source: Thing, _args, world: ChanceWorld, info) =>
          world.resolved(source, info);
      }
    }
  }
  return schema;
}

/** What an object is known by: the fields that lead to it. */
interface Thing {
  at: string;
  /** Whether nothing in it is late. */
  isCalm: boolean;
}

/** What chance makes of one seed, and what its resolvers were told. */
export class ChanceWorld {
  readonly told: string[] = [];
  private readonly late: { turn: number; come: () => void }[] = [];

  constructor(
    private readonly schema: ReturnType<typeof chanceSchema>,
    private readonly seed: number,
  ) {}

  /** What everything begins with. */
  root(): Thing {
    return this.thing("Query", { at: "", isCalm: false });
  }

  resolved(thing: Partial<Thing>, info: GraphQLResolveInfo): unknown {
    const { fieldName, fieldNodes, returnType, parentType, path, variableValues, operation } = info;
    const starts = fieldNodes.map(({ loc }) => loc?.start);
    this.told.push(
      JSON.stringify({ fieldName, starts, returnType, parentType, path, variableValues }) +
        [operation.kind, info.schema === this.schema, Object.keys(info.fragments).sort()].join(),
    );
    // What is no object of ours is known by nothing.
    return this.outcome({ isCalm: true, ...thing, at: `${thing.at}.${fieldName}` }, returnType);
  }

  private outcome(place: Thing, type: GraphQLOutputType): unknown {
    const dice = this.diceOf(place.at);
    if (!place.isCalm && dice.chance(0.3)) {
      return this.promise(dice, () => this.value(dice, place, type));
    }
    return this.value(dice, place, type);
  }

  private value(dice: Dice, place: Thing, type: GraphQLOutputType): unknown {
    if (dice.chance(0.015)) return dice.pick([null, null, undefined]);
    if (dice.chance(0.01)) return new Mishap(`a value at ${place.at}`);
    if (dice.chance(0.01)) throw new Mishap(`thrown at ${place.at}`);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- resolvers may throw anything
    if (dice.chance(0.005)) throw `text at ${place.at}`;
    if (dice.chance(0.005)) return dice.pick([7, "", "x", {}, [], NaN, true, () => "called"]);
    if (isNonNullType(type)) return this.value(dice, place, type.ofType);
    if (isListType(type)) return this.list(dice, place, type.ofType);
    if (isUnionType(type)) return this.thing(dice.pick(MEMBERS), place);
    if (isObjectType(type)) {
      return dice.chance(0.02) ? Object.assign(() => place, place) : this.thing(type.name, place);
    }
    if (isEnumType(type)) return dice.chance(0.05) ? "UGLY" : dice.pick(["GOOD", "BAD"]);
    return type === GraphQLInt ? dice.below(100) : `text at ${place.at}`;
  }

  /**
   * In a list that can't have null, all items are late or nothing in them is. Where one is wrong at once, graphql-js
   * lets go of what is late in the others, and the process would end when that is wrong too.
   */
  private list(dice: Dice, place: Thing, type: GraphQLOutputType): unknown[] {
    const isMixed = !isNonNullType(type);
    const isCalm = place.isCalm || (!isMixed && dice.chance(0.5));
    return times(dice.below(4), (i) => {
      const item = { at: `${place.at}[${i}]`, isCalm };
      if (!isCalm && (!isMixed || dice.chance(0.3))) {
        return this.promise(dice, () => this.value(dice, item, type));
      }
      try {
        return this.value(dice, item, type);
      } catch (error) {
        return error;
      }
    });
  }

  private thing(typeName: string, place: Thing): Thing {
    const thing = { ...place, __typename: typeName };
    const type = this.schema.getType(typeName);
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      if (field.resolve) continue;
      const at = `${place.at}.${field.name}`;
      Object.defineProperty(thing, field.name, {
        get: () => this.outcome({ ...place, at }, field.type),
      });
    }
    return thing;
  }

  private promise(dice: Dice, make: () => unknown): Promise<unknown> {
    const turn = dice.below(2 ** 31);
    return new Promise((resolve) => {
      const come = () => resolve(new Promise((made) => made(make())));
      this.late.push({ turn, come });
      if (this.late.length === 1) setImmediate(() => this.next());
    });
  }

  private next(): void {
    const first = this.late.reduce((one, other) => (other.turn < one.turn ? other : one));
    first.come();
    // So that what comes of it is done before.
    setImmediate(() => {
      this.late.splice(this.late.indexOf(first), 1);
      if (this.late.length > 0) this.next();
    });
  }

  private diceOf(at: string): Dice {
    return new Dice(
      [...at].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16777619), this.seed),
    );
  }
}
