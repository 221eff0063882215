import { Directive, Field, Int, ObjectType } from "type-graphql";
import type { Page } from "./page.js";

@ObjectType({
  description: "Where a page stands in its list (Relay cursor connections).",
})
@Directive("@shareable")
export class PageInfo {
  @Field(() => Boolean, {
    description: "Whether more follows. Asked backwards: whether `before` was given.",
  })
  hasNextPage: boolean;

  @Field(() => Boolean, {
    description: "Whether more precedes. Asked forwards: whether `after` was given.",
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

/** An edge of a connection, without its cursor: the node, and the other fields of the edge type. */
export type Edge<Node, More = object> = { node: Node | Promise<Node> } & More;

/**
 * A page of rows and the total count, each read only if the query selects it. Cursors are functions, not getters: V8 makes a
 * hidden class for each object literal with a getter, which keeps the getter's closure from being garbage-collected.
 */
export interface Connection<Node, More = object> {
  edges(): Promise<(Edge<Node, More> & { cursor(): string })[]>;
  nodes(): Promise<(Node | Promise<Node>)[]>;
  pageInfo(): Promise<
    Pick<PageInfo, "hasNextPage" | "hasPreviousPage"> &
      Record<"startCursor" | "endCursor", () => string | null>
  >;
  totalCount(): Promise<number | null>;
}

/** Makes a connection from functions that read its page and its count; they may be called more than once. */
export function connection<Row, Node = Row, More = object>({
  page,
  count,
  edgeOf,
}: {
  page: () => Promise<Page<Row>>;
  count: () => Promise<number | null>;
  edgeOf: (row: Row) => Edge<Node, More>;
}): Connection<Node, More> {
  return {
    async edges() {
      const { rows, cursorAt } = await page();
      // Called only if the query selects it: otherwise its keys were not read.
      return rows.map((row, i) => ({ ...edgeOf(row), cursor: () => cursorAt(i) }));
    },
    async nodes() {
      return (await page()).rows.map((row) => edgeOf(row).node);
    },
    async pageInfo() {
      const { rows, cursorAt, hasNextPage, hasPreviousPage } = await page();
      const last = rows.length - 1;
      return {
        hasNextPage,
        hasPreviousPage,
        startCursor: () => (last < 0 ? null : cursorAt(0)),
        endCursor: () => (last < 0 ? null : cursorAt(last)),
      };
    },
    totalCount: count,
  };
}

/** An edge type of its own, and texts for the descriptions, where the defaults do not fit. */
interface ConnectionWording {
  edge?: new () => object;
  of?: string;
  counted?: string;
}

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
    description: `A page of ${of} (Relay cursor connections), 20 rows by default, 100 at most.`,
  })
  class ConnectionType {
    @Field(() => [edge], { description: "The rows of the page with their cursors." })
    edges: object[];

    @Field(() => [node as NodeType], { description: "The rows of the page: `node` of each edge." })
    nodes: object[];

    @Field(() => PageInfo, { description: "Where the page stands in the list." })
    pageInfo: PageInfo;

    @Field(() => Int, {
      nullable: true,
      description: `${counted} Costs a statement of its own when selected.`,
    })
    totalCount: number | null;
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
      description: "Opaque; good for `after` and `before` of the same field and order.",
    })
    cursor: string;

    @Field(() => node as NodeType, { description: `The ${name}.` })
    node: object;
  }

  return EdgeType;
}
