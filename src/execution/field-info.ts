import type { GraphQLResolveInfo } from "graphql";
import type { ExecutionContext } from "graphql/execution/execute.js";
import type { Path } from "graphql/jsutils/Path.js";
import type { FieldPlan, Plan } from "./plan.js";

/** One execution of a plan. */
export interface Execution extends ExecutionContext {
  plan: Plan;
  /** Arguments with variables among them, by the number that the plan has given their field. */
  args: Record<string, unknown>[];
}

/** What a resolver is told of the field of one object. Most ask for nothing of it, so that it is not put together. */
export class FieldInfo implements GraphQLResolveInfo {
  readonly path: Path;

  constructor(
    readonly execution: Execution,
    readonly field: FieldPlan,
    parentPath: Path | undefined,
  ) {
    this.path = { prev: parentPath, key: field.key, typename: field.parentType.name };
  }

  get fieldName() {
    return this.field.definition.name;
  }

  get fieldNodes() {
    return this.field.nodes;
  }

  get returnType() {
    return this.field.definition.type;
  }

  get parentType() {
    return this.field.parentType;
  }

  get schema() {
    return this.execution.schema;
  }

  get fragments() {
    return this.execution.fragments;
  }

  get rootValue() {
    return this.execution.rootValue;
  }

  get operation() {
    return this.execution.operation;
  }

  get variableValues() {
    return this.execution.variableValues;
  }
}
