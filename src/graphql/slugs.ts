import {
  type DocumentNode,
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  Kind,
  TypeInfo,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** How one of a type with a slug or key is called, asked for and searched. */
interface Noun {
  word: string;
  /** The field of Query that has it, and that field's argument. */
  field: string;
  by: "slug" | "key";
  /** Its kind in searches. */
  kind: string;
}

/** The types whose slugs or keys are arguments. */
export const NOUNS = {
  Person: { word: "person", field: "person", by: "slug", kind: "PERSON" },
  Organization: { word: "organization", field: "organization", by: "slug", kind: "ORGANIZATION" },
  Place: { word: "place", field: "place", by: "slug", kind: "PLACE" },
  Meeting: { word: "meeting", field: "meeting", by: "slug", kind: "MEETING" },
  Agreement: { word: "agreement", field: "agreement", by: "slug", kind: "AGREEMENT" },
  StatementTopic: { word: "topic", field: "topic", by: "slug", kind: "TOPIC" },
  Statement: { word: "statement", field: "statementByKey", by: "key", kind: "STATEMENT" },
  SourceDocument: {
    ...{ word: "document", field: "sourceDocumentByKey" },
    ...{ by: "key", kind: "SOURCE_DOCUMENT" },
  },
} as const satisfies Record<string, Noun>;

/** A type whose slugs or keys are arguments. */
type NounType = keyof typeof NOUNS;

/** Whose slugs or keys the fields of filters take; `slugs` and `keys` are of what is listed. */
const OF_FIELDS = new Map<string, NounType>([
  ...of("Person", "people", "allPeople", "speakers", "allSpeakers", "addressees"),
  ...of("Organization", "organizations", "speakerOrganizations"),
  ...of("Organization", "addresseeOrganizations", "issuers"),
  ...of("Meeting", "meetings", "parents", "within"),
  ...of("Place", "places"),
  ...of("StatementTopic", "topics"),
  ...of("SourceDocument", "documents"),
]);

function of(noun: NounType, ...fields: string[]): [string, NounType][] {
  return fields.map((field) => [field, noun]);
}

/** Returns whose slugs or keys a field of an input object takes; undefined if it takes none. */
function nounOfField(input: string, field: string): NounType | undefined {
  if (field === "slugs" || field === "keys") return nounNamed(input.replace(/Filter$/, ""));
  return OF_FIELDS.get(field);
}

/** Returns whose slugs or keys an argument takes, by the type of its field. */
function nounOfArgument(argument: string, of: string): NounType | undefined {
  return argument === "slug" || argument === "key" ? nounNamed(of) : OF_FIELDS.get(argument);
}

function nounNamed(type: string): NounType | undefined {
  return Object.hasOwn(NOUNS, type) ? (type as NounType) : undefined;
}

/** How much of an unknown slug is repeated. */
const MAX_SHOWN = 60;

/** Returns a slug, key or code in quotation marks, or the start of a long one. */
export function shown(slug: string): string {
  return JSON.stringify(slug.length > MAX_SHOWN ? `${slug.slice(0, MAX_SHOWN)}…` : slug);
}

/** A slug, key or code that was given. */
interface Given<Noun> {
  /** The variable in which it stands, or the place in the document, such as `filter.speakers`. */
  argument: string;
  noun: Noun;
  slug: string;
}

export type GivenSlug = Given<NounType>;

/** A country's code that was given, as `slug`. */
export type GivenCode = Given<"Country">;

/** Returns the slugs, keys and countries' codes that a document is given, in its variables or in itself, each once. */
export function slugsGiven(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
): (GivenSlug | GivenCode)[] {
  const found = new Map<string, GivenSlug | GivenCode>();
  const values = { ...defaultsOf(document), ...variables };
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Argument({ name, value }) {
      const of = getNamedType(types.getFieldDef()?.type);
      const type = types.getInputType();
      readNode(value, type, of && nounOf(type, nounOfArgument(name.value, of.name)), name.value);
    },
  });
  visit(document, visitor);
  return [...found.values()];

  function readNode(node: ValueNode, type: InputType, noun: Found, at: string): void {
    if (node.kind === Kind.VARIABLE) {
      read(values[node.name.value], type, noun, node.name.value);
    } else if (node.kind === Kind.LIST) {
      for (const item of node.values) readNode(item, type, noun, at);
    } else if (node.kind === Kind.OBJECT) {
      for (const { name, value } of node.fields) {
        const [own, of] = fieldOf(type, name.value);
        readNode(value, own, of, `${at}.${name.value}`);
      }
    } else if (node.kind === Kind.STRING) add(node.value, noun, at);
  }

  function read(value: unknown, type: InputType, noun: Found, at: string): void {
    if (typeof value === "string") add(value, noun, at);
    else if (Array.isArray(value)) for (const item of value) read(item, type, noun, at);
    else if (typeof value === "object" && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        const [own, of] = fieldOf(type, name);
        read(item, own, of, `${at}.${name}`);
      }
    }
  }

  function add(slug: string, noun: Found, argument: string): void {
    if (noun) found.set(`${noun} ${slug}`, { argument, noun, slug });
  }
}

type InputType = GraphQLInputType | null | undefined;
type Found = NounType | "Country" | undefined;

/** The type of a field of an input object, and whose slugs it takes. */
function fieldOf(type: InputType, name: string): [type: InputType, noun: Found] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [undefined, undefined];
  const own = named.getFields()[name]?.type;
  return [own, nounOf(own, nounOfField(named.name, name))];
}

/** Whose codes a type is of, or else the noun. */
function nounOf(type: InputType, noun: NounType | undefined): Found {
  return getNamedType(type)?.name === "CountryCode" ? "Country" : noun;
}

function defaultsOf(document: DocumentNode): Record<string, unknown> {
  const defined = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
  return Object.fromEntries(
    defined.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
