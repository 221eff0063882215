import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Excess } from "./too-costly.js";

/** How many fields an operation may ask of the root; a gateway that batches asks one for each of its requests. */
const MOST_ROOT_FIELDS = 200;

/** How many fragments an operation may spread, each counted as often as it is spread along all paths. */
const MOST_SPREADS = 1_000;

/**
 * How many fragments a document may define: they may stand one below the other, and are followed by recursion. Validation
 * compares the fields of each with those of the others.
 */
const MOST_FRAGMENTS = 300;

/** How often a name may stand among the fields of one object: validation compares each of them with the others. */
const MOST_REPEATED = 50;

/** What an operator may bound of a document. */
export interface DocumentLimits {
  maxDepth: number;
  maxAliases: number;
}

/** How much of each there is where every fragment is put in the place of its spreads. */
interface Size {
  /** Fields inside fields. */
  depth: number;
  /** Fields at the top. */
  fields: number;
  aliases: number;
  spreads: number;
}

const NOTHING: Size = { depth: 0, fields: 0, aliases: 0, spreads: 0 };

/**
 * What is too much about a parsed document, before anything follows its fragments. Every fragment is measured once,
 * however often it is spread; one that spreads itself counts as nothing there, and validation will tell.
 */
export function excessOfDocument(
  document: DocumentNode,
  { maxDepth, maxAliases }: DocumentLimits,
): Excess | undefined {
  const measure = new Measure(document);
  if (measure.fragments.size > MOST_FRAGMENTS) {
    return {
      exceeded: "fragments",
      limit: MOST_FRAGMENTS,
      message: `The document has more than ${MOST_FRAGMENTS} fragments. Ask in several requests.`,
    };
  }
  if (measure.isRepeating(document)) {
    return {
      exceeded: "repeated fields",
      limit: MOST_REPEATED,
      message: `The document asks more than ${MOST_REPEATED} times for the same field in one place. Ask once.`,
    };
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, aliases, spreads } = measure.operation(definition);
    const excess =
      over(spreads, MOST_SPREADS, "fragment spreads", "Spread fragments in fewer places.") ??
      over(depth, maxDepth, "depth", "Ask for what lies deeper by its key.") ??
      over(fields, MOST_ROOT_FIELDS, "root fields", "Ask in several requests.") ??
      over(aliases, maxAliases, "aliases", "Ask in several requests, or by a filter for all.");
    if (excess) return excess;
  }
}

const WHAT = {
  "fragment spreads":
    "spreads fragments more than # times, those inside fragments counted along each path",
  depth: "nests fields more than # deep, those of its fragments counted",
  "root fields": "asks for more than # fields of the root, those of its fragments counted",
  aliases: "has more than # aliases, those of its fragments counted wherever they are spread",
};

function over(
  found: number,
  limit: number,
  exceeded: keyof typeof WHAT,
  advice: string,
): Excess | undefined {
  if (found <= limit) return undefined;
  const what = WHAT[exceeded].replace("#", String(limit));
  return { exceeded, limit, message: `The operation ${what}. ${advice}` };
}

class Measure {
  readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly known = new Map<string, Size>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.fragments.set(definition.name.value, definition);
      }
    }
  }

  /** Whether a name stands too often among the fields of one object, those in inline fragments counted. */
  isRepeating({ definitions }: DocumentNode): boolean {
    const left = definitions.flatMap((definition) =>
      "selectionSet" in definition ? [definition.selectionSet] : [],
    );
    for (let set = left.pop(); set; set = left.pop()) {
      const times = new Map<string, number>();
      const selections = [...set.selections];
      for (let selection = selections.pop(); selection; selection = selections.pop()) {
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          for (const inside of selection.selectionSet.selections) selections.push(inside);
        } else if (selection.kind === Kind.FIELD) {
          if (selection.selectionSet) left.push(selection.selectionSet);
          const { value } = selection.alias ?? selection.name;
          const count = (times.get(value) ?? 0) + 1;
          if (count > MOST_REPEATED) return true;
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
