import type { GraphQLSchema } from "graphql";
import { documentTools } from "./document-tools.js";
import { executeTool } from "./execute.js";
import { findPerson } from "./find-person.js";
import { introspectTool } from "./introspect.js";
import { search } from "./search.js";
import type { Tool } from "./tool.js";
import { verifyQuote } from "./verify-quote.js";

/** What to make the tools of a server from. */
export interface ToolSources {
  schema: GraphQLSchema;
  /** Prints the API schema. */
  printApi: () => string;
  /** GraphQL documents: each of their operations becomes a tool. */
  documents: Iterable<string>;
  /** Whether there are tools to run any query, and to read the schema. */
  executes: boolean;
  introspects: boolean;
  /** Tools for those who write records. */
  curation?: readonly Tool[];
}

/** Returns all tools of a server by name, and the operations for which there is no tool. */
export function toolbox(sources: ToolSources): { tools: Map<string, Tool>; leftOut: string[] } {
  const { schema, printApi, documents, executes, introspects, curation = [] } = sources;
  const own: Tool[] = [
    findPerson,
    verifyQuote,
    search,
    ...(executes ? [executeTool(() => schema)] : []),
    ...(introspects ? [introspectTool(printApi)] : []),
    ...curation,
  ];
  const names = own.map(({ name }) => name);
  const { tools, leftOut } = documentTools(schema, documents, names);
  const all = [...own.slice(0, 3), ...tools, ...own.slice(3)];
  return { tools: new Map(all.map((tool) => [tool.name, tool])), leftOut };
}
