import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** The limit that a request exceeds. */
export interface Excess {
  /** For the client: what exceeds the limit, and what to do about it. */
  message: string;
  /** What exceeds the limit, for programs; the cost if absent. */
  exceeded?: string;
  cost?: number;
  limit: number;
}

/** The error of a request that exceeds a limit on cost or size. */
export class QueryTooCostly extends GraphQLError {
  constructor({ message, ...facts }: Excess) {
    // Marks a client error; http/response.ts decides the final status.
    super(message, { extensions: { code: "QUERY_TOO_COSTLY", ...facts, http: { status: 400 } } });
  }
}

/** The maximum number of root fields of an operation; a batching gateway sends one for each of its requests. */
const MAX_ROOT_FIELDS = 200;

/** The maximum number of fragment spreads in an operation, counted along every path. */
const MAX_SPREADS = 1_000;

/**
 * The maximum number of fragments in a document. They can be nested, and are traversed recursively; validation compares the
 * fields of every pair.
 */
const MAX_FRAGMENTS = 300;

/** The maximum number of times that a response name may occur in one selection set: validation compares every pair. */
const MAX_REPEATED = 50;

/** The configurable limits on documents. */
export interface DocumentLimits {
  maxDepth: number;
  maxAliases: number;
}

/** The size of a selection with all fragments expanded. */
interface Size {
  /** Nesting depth of fields. */
  depth: number;
  /** Number of fields at the top level. */
  fields: number;
  aliases: number;
  spreads: number;
}

const NOTHING: Size = { depth: 0, fields: 0, aliases: 0, spreads: 0 };

/**
 * Checks a parsed document against the limits, before anything else expands its fragments. Each fragment is measured once,
 * however often it is spread. A fragment that spreads itself counts as empty there; validation reports the cycle.
 */
export function checkDocument(
  document: DocumentNode,
  { maxDepth, maxAliases }: DocumentLimits,
): Excess | undefined {
  const measure = new DocumentMeasure(document);
  if (measure.fragments.size > MAX_FRAGMENTS) {
    return {
      exceeded: "fragments",
      limit: MAX_FRAGMENTS,
      message: `The document has more than ${MAX_FRAGMENTS} fragments. Split it into several requests.`,
    };
  }
  if (measure.isRepeating(document)) {
    return {
      exceeded: "repeated fields",
      limit: MAX_REPEATED,
      message: `The document repeats a field more than ${MAX_REPEATED} times in one selection set. Select it once.`,
    };
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, aliases, spreads } = measure.operation(definition);
    const excess =
      exceeds(spreads, MAX_SPREADS, "fragment spreads", "Spread fragments in fewer places.") ??
      exceeds(depth, maxDepth, "depth", "Query the deeper objects by their keys.") ??
      exceeds(fields, MAX_ROOT_FIELDS, "root fields", "Split it into several requests.") ??
      exceeds(
        aliases,
        maxAliases,
        "aliases",
        "Split it into several requests, or use one filter for all.",
      );
    if (excess) return excess;
  }
}

const MESSAGES = {
  "fragment spreads": "has more than # fragment spreads, counting nested ones along every path",
  depth: "nests fields more than # levels deep, including fragments",
  "root fields": "selects more than # root fields, including fragments",
  aliases: "has more than # aliases, counting those of a fragment at each spread",
};

function exceeds(
  found: number,
  limit: number,
  exceeded: keyof typeof MESSAGES,
  advice: string,
): Excess | undefined {
  if (found <= limit) return undefined;
  const what = MESSAGES[exceeded].replace("#", String(limit));
  return { exceeded, limit, message: `The operation ${what}. ${advice}` };
}

class DocumentMeasure {
  readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly known = new Map<string, Size>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
  }

  /** Whether a selection set repeats a response name too often, inline fragments included. */
  isRepeating({ definitions }: DocumentNode): boolean {
    const pending = definitions.flatMap((definition) =>
      "selectionSet" in definition ? [definition.selectionSet] : [],
    );
    for (let set = pending.pop(); set; set = pending.pop()) {
      const times = new Map<string, number>();
      const selections = [...set.selections];
      for (let selection = selections.pop(); selection; selection = selections.pop()) {
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          for (const inside of selection.selectionSet.selections) selections.push(inside);
        } else if (selection.kind === Kind.FIELD) {
          if (selection.selectionSet) pending.push(selection.selectionSet);
          const { value } = selection.alias ?? selection.name;
          const count = (times.get(value) ?? 0) + 1;
          if (count > MAX_REPEATED) return true;
          times.set(value, count);
        }
      }
    }
    return false;
  }

  operation({ selectionSet }: OperationDefinitionNode): Size {
    return this.selections(selectionSet);
  }

  private selections({ selections }: SelectionSetNode): Size {
    const sum = { ...NOTHING };
    for (const selection of selections) {
      const size = this.selection(selection);
      sum.depth = Math.max(sum.depth, size.depth);
      sum.fields += size.fields;
      sum.aliases += size.aliases;
      sum.spreads += size.spreads;
    }
    return sum;
  }

  private selection(selection: SelectionNode): Size {
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.selections(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const inside = this.fragment(selection.name.value);
      return { ...inside, spreads: inside.spreads + 1 };
    }
    const { depth, aliases, spreads } = selection.selectionSet
      ? this.selections(selection.selectionSet)
      : NOTHING;
    return { depth: depth + 1, fields: 1, aliases: aliases + (selection.alias ? 1 : 0), spreads };
  }

  private fragment(name: string): Size {
    const known = this.known.get(name);
    if (known) return known;
    this.known.set(name, NOTHING);
    const definition = this.fragments.get(name);
    const size = definition ? this.selections(definition.selectionSet) : NOTHING;
    this.known.set(name, size);
    return size;
  }
}
