import { auditServer, type AuditResult } from "graphql-http";
import { recordedDatabase, servingService } from "./harness/serving.js";

let url: string;
beforeAll(async () => {
  url = await recordedDatabase();
});

/** Runs the audits on a service with these settings, by a client that always sends these headers. */
async function audit(environment: Environment, headers: Environment): Promise<AuditResult[]> {
  const service = await servingService(
    url,
    {},
    {},
    { COMMUNIQUE_LOG_LEVEL: "error", ...environment },
  );
  const fetchFn: typeof fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...init?.headers, ...headers } });
  try {
    return await auditServer({ url: `${service.address}/graphql`, fetchFn });
  } finally {
    await service.close();
  }
}

type Environment = Record<string, string>;
const SECRET = "the-secret-of-the-router-and-of-nobody-else";

const kindOf = ({ name }: AuditResult) => /^\w+/.exec(name)![0];

describe("The GraphQL over HTTP audits", () => {
  it.each<[string, Environment, Environment]>([
    ["development", {}, {}],
    ["production", { NODE_ENV: "production" }, {}],
    [
      "production with answers that may be kept",
      { NODE_ENV: "production", COMMUNIQUE_CACHE_CONTROL: "public, max-age=60" },
      {},
    ],
    [
      "production behind a router",
      { NODE_ENV: "production", COMMUNIQUE_ROUTER_SECRET: SECRET },
      { "router-authorization": SECRET },
    ],
  ])(
    "The service passes every MUST and SHOULD audit in %s",
    async (_setting, environment, headers) => {
      const results = await audit(environment, headers);
      const counts: Record<string, number> = {};
      for (const result of results) counts[kindOf(result)] = (counts[kindOf(result)] ?? 0) + 1;
      expect(counts).toEqual({ MUST: 13, SHOULD: 23, MAY: 25 });

      const failed = results.filter(({ status }) => status !== "ok");
      // What a page of another site could get by itself is refused, whatever it is. These three look like that.
      expect(failed.map(({ id, name }) => `${id} ${name}`)).toEqual([
        "5A70 MAY accept application/x-www-form-urlencoded formatted GET requests",
        "D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json",
        "6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json",
      ]);
    },
  );

  it("The service passes every MAY audit too when the client sends a preflight header", async () => {
    const results = await audit({ NODE_ENV: "production" }, { "apollo-require-preflight": "yes" });
    expect(results.filter(({ status }) => status !== "ok")).toEqual([]);
  });
});
