import { ArgsType, Directive, Field, Int, ObjectType } from "type-graphql";

@ArgsType()
export class ForwardPageArgs {
  @Field(() => Int, {
    nullable: true,
    description: "How many rows, from the start or after `after`: 0 to 100; 20 by default.",
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only what follows this cursor of the same field and order.",
  })
  after?: string | null;
}

@ArgsType()
export class PageArgs extends ForwardPageArgs {
  @Field(() => Int, {
    nullable: true,
    description:
      "How many rows, from the start or after `after`: 0 to 100; 20 by default, unless `last` is given.",
  })
  override first?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many rows, from the end or before `before`: 0 to 100; not together with `first`.",
  })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only what precedes this cursor of the same field and order.",
  })
  before?: string | null;
}

/** The arguments of a list field. */
export interface ListArgs<Filter, Order> extends PageArgs {
  filter?: Filter | null;
  orderBy?: Order | null;
}

/** Makes the arguments of a list with a filter, and with `orderBy` if it has several orders. */
export function listArgs<Filter extends object, Order extends string = never>(
  filter: new () => Filter,
  order?: Record<string, Order>,
  defaultValue?: Order,
) {
  @ArgsType()
  class Args extends PageArgs implements ListArgs<Filter, Order> {
    @Field(() => filter, { nullable: true, description: "Which of them; all when absent." })
    filter?: Filter | null;

    orderBy?: Order | null;
  }
  if (order) {
    const description = "How they are listed; null means the default.";
    Field(() => order, { nullable: true, defaultValue, description })(Args.prototype, "orderBy");
  }
  return Args;
}

@ObjectType({
  description: "Where a page stands in its list (Relay cursor connections).",
})
@Directive("@shareable")
export class PageInfo {
  @Field(() => Boolean, {
    description: "Whether more follows. With `last`: whether `before` was given.",
  })
  hasNextPage: boolean;

  @Field(() => Boolean, {
    description: "Whether more precedes. Without `last`: whether `after` was given.",
  })
  hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the first row, null on an empty page.",
  })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the last row, null on an empty page.",
  })
  endCursor: string | null;
}

/** An edge type of its own, and texts for the descriptions, where the defaults do not fit. */
interface ConnectionWording {
  edge?: new () => object;
  of?: string;
  /** Null for a list that is not counted. */
  counted?: string | null;
}

/** For the description of a field that is nullable so that an error leaves the rest of the response. */
export const NULL_ON_ERROR = "Null if it could not be read, with an entry in `errors`.";

/** For the description of a field that costs more than those beside it. */
export const READ_SEPARATELY = "Read only if selected, usually by a separate SQL query.";

/** Makes the GraphQL types `…Connection` and, unless one is given, `…Edge` for a node type. */
export function connectionType(
  name: string,
  node: unknown,
  {
    edge = edgeType(name, node),
    of = `a list of ${name}`,
    counted = "How many rows the whole list has, filter applied.",
  }: ConnectionWording = {},
) {
  @ObjectType(`${name}Connection`, {
    description: `A page of ${of} (Relay cursor connections), 20 rows by default, 100 at most. ${NULL_ON_ERROR}`,
  })
  class ConnectionType {
    @Field(() => [edge], { description: "The rows of the page with their cursors." })
    edges: object[];

    @Field(() => [node as NodeType], { description: "The rows of the page: `node` of each edge." })
    nodes: object[];

    @Field(() => PageInfo, { description: "Where the page stands in the list." })
    pageInfo: PageInfo;

    totalCount: number | null;
  }
  if (counted !== null) {
    const description = `${counted} ${READ_SEPARATELY} ${NULL_ON_ERROR}`;
    Field(() => Int, { nullable: true, description })(ConnectionType.prototype, "totalCount");
  }

  return ConnectionType;
}

/** A class or a union: type-graphql accepts both, but has no type for them. */
type NodeType = new () => object;

function edgeType(name: string, node: unknown): new () => object {
  @ObjectType(`${name}Edge`, {
    description: `${/^[AEIOU]/.test(name) ? "An" : "A"} ${name} in a list, and where it stands.`,
  })
  class EdgeType {
    @Field(() => String, {
      description:
        "Opaque: for `after`, or `before` if the field has it, of the same field and order.",
    })
    cursor: string;

    @Field(() => node as NodeType, { description: `The ${name}.` })
    node: object;
  }

  return EdgeType;
}
