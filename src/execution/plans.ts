import { type DocumentNode, Kind, visit } from "graphql";
import type { ExecutionContext } from "graphql/execution/execute.js";
import { Plan, type ResolverOf } from "./plan.js";

/** How many plans of one document are kept: by its operations, and by what is skipped and included in them. */
const MOST_PLANS = 16;

interface KnownDocument {
  /** The variables that decide what is skipped and included. */
  conditions: string[];
  plans: Map<string, Plan>;
}

/** Keeps plans of documents for as long as these are kept, from the second time on that one is asked. */
export class Plans {
  private readonly seen = new WeakSet<DocumentNode>();
  private readonly known = new WeakMap<DocumentNode, KnownDocument>();

  constructor(private readonly resolverOf: ResolverOf) {}

  planOf(document: DocumentNode, context: ExecutionContext): Plan {
    if (!this.seen.has(document)) {
      this.seen.add(document);
      return new Plan(this.resolverOf);
    }
    let known = this.known.get(document);
    if (!known) {
      known = { conditions: conditionsIn(document), plans: new Map() };
      this.known.set(document, known);
    }
    const key = keyOf(context, known.conditions);
    const kept = known.plans.get(key);
    if (kept) return kept;
    const plan = new Plan(this.resolverOf);
    if (known.plans.size < MOST_PLANS) known.plans.set(key, plan);
    return plan;
  }
}

function keyOf({ operation, variableValues }: ExecutionContext, conditions: string[]): string {
  const values = conditions.map((name) => String(variableValues[name]));
  return [operation.name?.value, ...values].join();
}

/** The names of the variables in `@skip` and `@include`. */
function conditionsIn(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args = [] }) => {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of args) {
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      }
    },
  });
  return [...names];
}
