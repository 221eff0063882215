import {
  defaultFieldResolver,
  type ExecutionResult,
  getArgumentValues,
  GraphQLError,
  type GraphQLObjectType,
  isObjectType,
  locatedError,
} from "graphql";
import type { ExecutionContext } from "graphql/execution/execute.js";
import { inspect } from "graphql/jsutils/inspect.js";
import { type Path, pathToArray } from "graphql/jsutils/Path.js";
import { MOST_ERRORS } from "../error-bounds.js";
import { type Execution, FieldInfo } from "./field-info.js";
import type { AbstractPlan, FieldPlan, FieldsPlan, LeafPlan, Plan, ValuePlan } from "./plan.js";

type Values = Record<string, unknown>;

/**
 * Executes a query by its plan. What is answered, and what goes wrong where, is as in graphql-js's `execute`, which
 * this follows step by step; but what is the same for each object and each execution is not worked out again.
 */
export function executePlan(
  context: ExecutionContext,
  plan: Plan,
  rootType: GraphQLObjectType,
): ExecutionResult | Promise<ExecutionResult> {
  const { collectedErrors } = context;
  const answer = (data: unknown) => {
    const { errors } = collectedErrors;
    return (errors.length === 0 ? { data } : { errors, data }) as ExecutionResult;
  };
  const fail = (error: unknown) => {
    collectedErrors.add(error as GraphQLError, undefined);
    return answer(null);
  };
  try {
    const execution: Execution = { ...context, plan, args: [] };
    const asked = plan.ofRoot(context, rootType);
    const data = executeFields(execution, asked, context.rootValue, undefined);
    return isPromise(data) ? data.then(answer, fail) : answer(data);
  } catch (error) {
    return fail(error);
  }
}

function executeFields(
  execution: Execution,
  { fields, hasProto }: FieldsPlan,
  source: unknown,
  path: Path | undefined,
): unknown {
  const results = (hasProto ? Object.create(null) : {}) as Values;
  let awaited: string[] | undefined;
  try {
    for (const field of fields) {
      const result = field.constant ?? executeField(execution, field, source, path);
      results[field.key] = result;
      if (isPromise(result)) (awaited ??= []).push(field.key);
    }
  } catch (error) {
    if (!awaited) throw error;
    // What the others do wrong meanwhile is told too.
    return settle(results, awaited).finally(() => {
      throw error;
    });
  }
  return awaited ? settle(results, awaited) : results;
}

function executeField(
  execution: Execution,
  field: FieldPlan,
  source: unknown,
  parentPath: Path | undefined,
): unknown {
  // Most fields are properties of which nobody asks where they are, unless something is wrong with them.
  let info: FieldInfo | undefined;
  const { resolve, value, definition } = field;
  let result: unknown;
  try {
    const property = !resolve && hasProperties(source) ? source[definition.name] : undefined;
    if (resolve || typeof property === "function") {
      info = new FieldInfo(execution, field, parentPath);
      const args = argumentsOf(execution, field);
      result = (resolve ?? defaultFieldResolver)(source, args, execution.contextValue, info);
    } else {
      if (value.kind === "leaf" && !isPromise(property))
        return completeLeaf(field, value, property);
      result = property;
    }
  } catch (error) {
    info ??= new FieldInfo(execution, field, parentPath);
    return handleError(info, value, info.path, error);
  }
  info ??= new FieldInfo(execution, field, parentPath);
  return complete(info, value, info.path, result);
}

function argumentsOf({ args, variableValues }: Execution, field: FieldPlan): Values {
  if (typeof field.args !== "number") return field.args;
  return (args[field.args] ??= getArgumentValues(
    field.definition,
    field.nodes[0]!,
    variableValues,
  ));
}

/** Completes a value that may be promised. What goes wrong is null, or thrown on where there can't be null. */
function complete(info: FieldInfo, value: ValuePlan, path: Path, result: unknown): unknown {
  if (isPromise(result)) {
    return result.then(
      (resolved) => complete(info, value, path, resolved),
      (error) => handleError(info, value, path, error),
    );
  }
  try {
    const completed = completeValue(info, value, path, result);
    if (!isPromise(completed)) return completed;
    return completed.then(undefined, (error) => handleError(info, value, path, error));
  } catch (error) {
    return handleError(info, value, path, error);
  }
}

function completeValue(info: FieldInfo, value: ValuePlan, path: Path, result: unknown): unknown {
  const { execution, field } = info;
  if (value.kind === "leaf") return completeLeaf(field, value, result);
  if (result instanceof Error) throw result;
  if (result === null || result === undefined) return completeNull(field, value);
  switch (value.kind) {
    case "list":
      return completeList(info, value.item, path, result);
    case "object":
      value.asked ??= execution.plan.of(execution, value.type, field.nodes);
      return executeFields(execution, value.asked, result, path);
    case "abstract": {
      const resolveType = value.type.resolveType ?? execution.typeResolver;
      const name = resolveType(result, execution.contextValue, info, value.type);
      return isPromise(name)
        ? name.then((resolved) => completeMember(info, value, path, result, resolved))
        : completeMember(info, value, path, result, name);
    }
  }
}

function completeLeaf(field: FieldPlan, value: LeafPlan, result: unknown): unknown {
  if (typeof result === "string" && value.takesText) return result;
  if (result instanceof Error) throw result;
  if (result === null || result === undefined) return completeNull(field, value);
  const serialized = value.type.serialize(result);
  if (serialized !== null && serialized !== undefined) return serialized;
  throw new Error(
    `Expected \`${value.type.name}.serialize(${inspect(result)})\` to ` +
      `return non-nullable value, returned: ${inspect(serialized)}`,
  );
}

function completeNull({ parentType, definition }: FieldPlan, { isNonNull }: ValuePlan): null {
  if (!isNonNull) return null;
  throw new Error(
    `Cannot return null for non-nullable field ${parentType.name}.${definition.name}.`,
  );
}

function completeList(info: FieldInfo, item: ValuePlan, path: Path, result: unknown): unknown {
  if (!isIterable(result)) {
    const { parentType, definition } = info.field;
    throw new GraphQLError(
      `Expected Iterable, but did not find one for field "${parentType.name}.${definition.name}".`,
    );
  }
  const results: unknown[] = [];
  const awaited: number[] = [];
  try {
    for (const each of result) {
      const key = results.length;
      const completed = complete(info, item, { prev: path, key, typename: undefined }, each);
      results.push(completed);
      if (isPromise(completed)) awaited.push(key);
    }
  } catch (error) {
    // Nobody waits for these any more. If one failed unheard, the process would end, as it does with graphql-js.
    void Promise.allSettled(awaited.map((key) => results[key]));
    throw error;
  }
  return awaited.length > 0 ? settle(results, awaited) : results;
}

function completeMember(
  { execution, field }: FieldInfo,
  value: AbstractPlan,
  path: Path,
  result: unknown,
  name: unknown,
): unknown {
  const { schema, plan } = execution;
  const type = typeof name === "string" ? schema.getType(name) : undefined;
  if (!isObjectType(type) || !schema.isSubType(value.type, type)) {
    throw new GraphQLError(
      `Runtime Object type "${String(name)}" is not a possible type for "${value.type.name}".`,
      { nodes: field.nodes },
    );
  }
  let asked = value.asked.get(type);
  if (!asked) {
    asked = plan.of(execution, type, field.nodes);
    value.asked.set(type, asked);
  }
  return executeFields(execution, asked, result, path);
}

/** Tells an error with its place; where there can't be null, what is around it has to be. */
function handleError(
  { execution, field }: FieldInfo,
  { isNonNull }: ValuePlan,
  path: Path,
  error: unknown,
): null {
  const { errors } = execution.collectedErrors;
  // What can't be told need not be located: it takes longer than answering.
  const located =
    errors.length > MOST_ERRORS ? errors[0]! : locatedError(error, field.nodes, pathToArray(path));
  if (isNonNull) throw located;
  execution.collectedErrors.add(located, path);
  return null;
}

/** The same results when what is promised at some keys is there. */
async function settle<Results extends Record<Key, unknown>, Key extends keyof Results>(
  results: Results,
  keys: Key[],
): Promise<Results> {
  const settled = await Promise.all(keys.map((key) => results[key] as Promise<Results[Key]>));
  keys.forEach((key, i) => {
    results[key] = settled[i]!;
  });
  return results;
}

function hasProperties(value: unknown): value is Values {
  return isObjectLike(value) || typeof value === "function";
}

function isPromise(value: unknown): value is Promise<unknown> {
  return isObjectLike(value) && typeof value.then === "function";
}

function isObjectLike(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return isObjectLike(value) && typeof value[Symbol.iterator as never] === "function";
}
