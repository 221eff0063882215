import "reflect-metadata";
import { buildSubgraphSchema, printSubgraphSchema } from "@apollo/subgraph";
import { getDocumentNodeFromSchema } from "@graphql-tools/utils";
import {
  type GraphQLSchema,
  isLeafType,
  parse,
  printSchema as printWithoutDirectives,
} from "graphql";
import { buildSchemaSync, createResolversMap } from "type-graphql";
import * as agreement from "./agreement/agreement.resolver.js";
import { checkArguments } from "./graphql/arguments.js";
import { declareCosts } from "./cost/declarations.js";
import * as claim from "./claim/claim.resolver.js";
import * as name from "./claim/name.resolver.js";
import * as country from "./country/country.resolver.js";
import { resolveEntities } from "./graphql/federation.js";
import * as judgement from "./judgement/merge.resolver.js";
import * as counterpart from "./meeting/counterpart.resolver.js";
import * as described from "./meeting/counterpart.described.resolver.js";
import * as meeting from "./meeting/meeting.resolver.js";
import * as participation from "./meeting/participation.resolver.js";
import * as organization from "./organization/organization.resolver.js";
import * as person from "./person/person.resolver.js";
import * as tenure from "./person/tenure.resolver.js";
import * as place from "./place/place.resolver.js";
import { listInterfaceFieldsLast } from "./graphql/implement.js";
import { createResolvers } from "./graphql/resolvers.js";
import { refuseHandlers, type ResolverClass } from "./graphql/unsupported.js";
import * as change from "./revision/record-change.resolver.js";
import * as item from "./revision/record-item.resolver.js";
import * as revision from "./revision/record-revision.resolver.js";
import { CountryCode } from "./scalars/country-code.js";
import { DateTime } from "./scalars/date-time.js";
import { PartialDate } from "./scalars/partial-date.js";
import * as search from "./search/search.resolver.js";
import * as citation from "./source/citation.resolver.js";
import * as source from "./source/source.resolver.js";
import * as relation from "./statement/relation.resolver.js";
import * as side from "./statement/side.resolver.js";
import * as statement from "./statement/statement.resolver.js";
import * as topic from "./topic/topic.resolver.js";

const FEDERATION = parse(`
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@cost", "@listSize"]
  )
`);

/** The resolver classes of the schema. */
const RESOLVERS = [
  person,
  country,
  place,
  organization,
  meeting,
  statement,
  agreement,
  source,
  citation,
  name,
  claim,
  judgement,
  topic,
  tenure,
  counterpart,
  described,
  participation,
  side,
  relation,
  search,
  revision,
  change,
  item,
].flatMap((module) => Object.values<ResolverClass | ResolverClass[]>(module).flat());

/** Builds the types of the schema from the classes. */
function schemaOf(resolvers: readonly ResolverClass[]): GraphQLSchema {
  refuseHandlers(resolvers);
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as [ResolverClass],
    // arguments.ts checks inputs, and reports the argument's path.
    validate: false,
    // Otherwise type-graphql rejects @Authorized before unsupported.ts can say where it is.
    authChecker: () => false,
  });
  listInterfaceFieldsLast(schema);
  schema.getQueryType()!.description =
    "Queries on the diplomatic record: who met whom, where, and what was said.";
  return schema;
}

let own: GraphQLSchema | undefined;

/**
 * Creates the executable subgraph schema, with the fields that federation adds. Without more classes it is the same at every
 * call: to build it takes long, and it does not change.
 */
export function createSchema(...more: ResolverClass[]): GraphQLSchema {
  return more.length > 0 ? build([...RESOLVERS, ...more]) : (own ??= build(RESOLVERS));
}

function build(classes: readonly ResolverClass[]): GraphQLSchema {
  const types = schemaOf(classes);
  // The values of enums. Members of unions have their own `__typename`.
  const leaves = Object.entries(createResolversMap(types)).filter(([name]) =>
    isLeafType(types.getType(name)),
  );
  const resolvers = {
    ...Object.fromEntries(leaves),
    ...createResolvers(classes, types),
    CountryCode,
    DateTime,
    PartialDate,
  };
  // The schema is built a second time from its syntax tree, which has the directives that type-graphql keeps separately;
  // printSubgraphSchema fails on the first schema.
  const schema = buildSubgraphSchema([
    { typeDefs: declareCosts(getDocumentNodeFromSchema(types), types), resolvers },
    { typeDefs: FEDERATION },
  ]);
  checkArguments(schema);
  resolveEntities(schema);
  return schema;
}

/** Prints the subgraph schema, `schema.graphql`. */
export function printSchema(schema: GraphQLSchema): string {
  return `${printSubgraphSchema(schema)}\n`;
}

/**
 * Prints the API schema, `schema.api.graphql`: plain GraphQL, for client tools, which can't parse `extend schema @link` and
 * don't use federation's directives, types and root fields.
 */
export function printApiSchema(): string {
  return `${printWithoutDirectives(schemaOf(RESOLVERS))}\n`;
}
