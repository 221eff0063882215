import { composeServices } from "@apollo/composition";
import { composeServices as composeByGuild } from "@theguild/federation-composition";
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from "@wundergraph/composition";
import { parse } from "graphql";

export interface Subgraph {
  name: string;
  url: string;
  sdl: string;
}

/** Composes by Apollo's library: the codes of errors and hints, and what came of it. */
export function composeApollo(subgraphs: Subgraph[]) {
  const result = composeServices(services(subgraphs));
  return {
    errors: result.errors?.map(({ extensions }) => extensions.code) ?? [],
    messages: result.errors?.map(({ message }) => message) ?? [],
    hints: result.hints?.map(({ definition }) => definition.code) ?? [],
    supergraph: result.supergraphSdl,
  };
}

/** Composes by The Guild's library, which gives no hints. */
export function composeGuild(subgraphs: Subgraph[]) {
  const result = composeByGuild(services(subgraphs));
  return {
    errors: result.errors?.map(({ extensions }) => extensions.code) ?? [],
    messages: result.errors?.map(({ message }) => message) ?? [],
    supergraph: result.supergraphSdl,
  };
}

/** Composes by Cosmo's library, whose errors have no codes: what they say, and the configuration of its router. */
export function composeCosmo(subgraphs: Subgraph[]) {
  const result = federateSubgraphs({
    subgraphs: services(subgraphs).map(({ name, url, typeDefs }) => ({
      name,
      url,
      definitions: typeDefs,
    })),
    version: ROUTER_COMPATIBILITY_VERSION_ONE,
  });
  return {
    messages: result.success ? [] : result.errors.map(({ message }) => message),
    warnings: result.warnings.map(({ message }) => message),
    schema: result.success ? result.federatedGraphClientSchema : undefined,
    fields: result.success ? result.fieldConfigurations : [],
    costs: result.success
      ? result.subgraphConfigBySubgraphName.get(subgraphs[0]!.name)?.costs
      : undefined,
  };
}

/** The three libraries, by whose they are. */
export const LIBRARIES = [
  ["Apollo's", composeApollo],
  ["The Guild's", composeGuild],
  ["Cosmo's", composeCosmo],
] as const;

/** The types and root fields that the messages of composition name. */
export function namedIn(messages: string[]): string[] {
  const names = messages.flatMap((message) => {
    const [, type, field] = /"(\w+)(?:\.(\w+))?/.exec(message)!;
    if (type !== "Query") return [type!];
    if (field) return [`Query.${field}`];
    // Cosmo names the fields one by one, below their type.
    return [...message.matchAll(/The field "(\w+)"/g)].map(([, field]) => `Query.${field}`);
  });
  return [...new Set(names)].sort();
}

function services(subgraphs: Subgraph[]) {
  return subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));
}
