import {
  type BooleanValueNode,
  type DefinitionNode,
  type DirectiveNode,
  type FieldNode,
  Kind,
  type NameNode,
  parse,
  parseConstValue,
  parseType,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  type VariableNode,
  visit,
} from "graphql";
import type { Dice } from "../fixtures/world.dice.js";
import type { Question } from "./questions.js";

const NUMBERS = ["-1", "0", "1", "101", "2147483647"];
const TEXTS = ["", "nobody", "\0", "IN", "2024-13", "x".repeat(301), "🐧"];
const VALUES = [null, true, "x", "\ud800", -1, 101, 1.5, 1e10, [], {}, [null], [{ a: [{}] }]];

const nameOf = (value: string): NameNode => ({ kind: Kind.NAME, value });

/** The variable of the conditions that are put into a question. */
const ODD: VariableNode = { kind: Kind.VARIABLE, name: nameOf("odd") };

function conditionOf(directive: string, value: BooleanValueNode | VariableNode): DirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: nameOf(directive),
    arguments: [{ kind: Kind.ARGUMENT, name: nameOf("if"), value }],
  };
}

/**
 * Makes a question odd in ways that only its execution can tell: wrong arguments and variables, fields that are asked
 * for twice or skipped before they are asked for, a name that every object has, a condition that is null.
 */
export function makeOdd(question: Question, dice: Dice): Question {
  return new Odd(dice).question(question);
}

class Odd {
  private isConditional = false;
  private hasProto = false;

  constructor(private readonly dice: Dice) {}

  question({ query, variables }: Question): Question {
    const document = visit(parse(query), {
      IntValue: (node) => this.maybe(0.1, () => ({ ...node, value: this.dice.pick(NUMBERS) })),
      StringValue: (node) => this.maybe(0.1, () => ({ ...node, value: this.dice.pick(TEXTS) })),
      Field: (node) => this.maybe(0.02, () => this.proto(node)),
      SelectionSet: { leave: (node) => this.maybe(0.2, () => this.selection(node)) },
      Document: {
        leave: (node) => ({ ...node, definitions: node.definitions.map((it) => this.defined(it)) }),
      },
    });
    const sent = Object.entries(variables).filter(() => !this.dice.chance(0.05));
    const values = sent.map(([name, value]) => [
      name,
      this.dice.chance(0.1) ? this.dice.pick(VALUES) : value,
    ]);
    if (this.isConditional && this.dice.chance(0.7)) {
      values.push(["odd", this.dice.pick([true, false, false, null])]);
    }
    return { query: print(document), variables: Object.fromEntries(values) };
  }

  private maybe<Node>(share: number, make: () => Node | undefined): Node | undefined {
    return this.dice.chance(share) ? make() : undefined;
  }

  /** One field of a question may be answered as what objects inherit. */
  private proto(node: FieldNode): FieldNode | undefined {
    if (this.hasProto || !node.alias) return undefined;
    this.hasProto = true;
    return { ...node, alias: { ...node.alias, value: "__proto__" } };
  }

  private selection(node: SelectionSetNode): SelectionSetNode {
    const one = this.dice.pick(node.selections);
    const some = this.dice.pick([
      () => [...node.selections, one],
      () => [one, ...node.selections],
      () => [
        { ...one, directives: [conditionOf("skip", { kind: Kind.BOOLEAN, value: true })] },
        ...node.selections,
      ],
      () => [this.conditionally(one), ...node.selections],
      () => node.selections.map((it) => (it === one ? this.conditionally(it) : it)),
    ]);
    return { ...node, selections: some() };
  }

  private conditionally(selection: SelectionNode): SelectionNode {
    this.isConditional = true;
    return {
      kind: Kind.INLINE_FRAGMENT,
      directives: [conditionOf(this.dice.pick(["skip", "include"]), ODD)],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] },
    };
  }

  /** The condition may be null although it must not be: that is not found before. */
  private defined(node: DefinitionNode): DefinitionNode {
    if (!this.isConditional || node.kind !== Kind.OPERATION_DEFINITION) return node;
    const odd: VariableDefinitionNode = {
      kind: Kind.VARIABLE_DEFINITION,
      variable: ODD,
      type: parseType("Boolean"),
      defaultValue: parseConstValue("true"),
    };
    return { ...node, variableDefinitions: [...(node.variableDefinitions ?? []), odd] };
  }
}
