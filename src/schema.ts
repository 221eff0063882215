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
import * as country from "./country/country.resolver.js";
import { resolveEntities } from "./graphql/federation.js";
import * as counterpart from "./meeting/counterpart.resolver.js";
import * as meeting from "./meeting/meeting.resolver.js";
import * as participation from "./meeting/participation.resolver.js";
import * as organization from "./organization/organization.resolver.js";
import * as person from "./person/person.resolver.js";
import * as tenure from "./person/tenure.resolver.js";
import * as place from "./place/place.resolver.js";
import { resolversOf } from "./graphql/resolvers.js";
import { refuseHandlers, type ResolverClass } from "./graphql/unsupported.js";
import { CountryCode } from "./scalars/country-code.js";
import { PartialDate } from "./scalars/partial-date.js";
import * as search from "./search/search.resolver.js";
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

/** What answers the fields of the schema. */
const RESOLVERS = [
  person,
  country,
  place,
  organization,
  meeting,
  statement,
  agreement,
  source,
  topic,
  tenure,
  counterpart,
  participation,
  side,
  relation,
  search,
].flatMap((module) => Object.values<ResolverClass | ResolverClass[]>(module).flat());

/** The types that the classes make. */
function schemaOf(resolvers: readonly ResolverClass[]): GraphQLSchema {
  refuseHandlers(resolvers);
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as [ResolverClass],
    // Inputs are checked by arguments.ts, with the argument's path.
    validate: false,
    // Without it, type-graphql refuses @Authorized before unsupported.ts can say where it is.
    authChecker: () => false,
  });
  schema.getQueryType()!.description =
    "Questions to the diplomatic record: who met whom, where, and what was said.";
  return schema;
}

/** The executable subgraph schema: the classes' types, their resolvers, and what federation adds. */
export function createSchema(...more: ResolverClass[]): GraphQLSchema {
  const classes = [...RESOLVERS, ...more];
  const types = schemaOf(classes);
  // The values of enums. A member of a union tells its type by itself.
  const leaves = Object.entries(createResolversMap(types)).filter(([name]) =>
    isLeafType(types.getType(name)),
  );
  const resolvers = {
    ...Object.fromEntries(leaves),
    ...resolversOf(classes, types),
    CountryCode,
    PartialDate,
  };
  // The schema is built a second time from its syntax tree, which carries the directives that
  // type-graphql keeps apart; printSubgraphSchema fails on the first one.
  const schema = buildSubgraphSchema([
    { typeDefs: declareCosts(getDocumentNodeFromSchema(types), types), resolvers },
    { typeDefs: FEDERATION },
  ]);
  checkArguments(schema);
  resolveEntities(schema);
  return schema;
}

/** The text of the subgraph schema: `schema.graphql`, and what `_service` answers. */
export function printSchema(schema: GraphQLSchema): string {
  return `${printSubgraphSchema(schema)}\n`;
}

/**
 * The text of the API schema, `schema.api.graphql`: what a client can ask, in plain GraphQL. The tools of clients
 * can't read `extend schema @link`, and have no use for federation's directives, types and root fields.
 */
export function printApiSchema(): string {
  return `${printWithoutDirectives(schemaOf(RESOLVERS))}\n`;
}
