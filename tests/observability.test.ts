import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";

const read = (path: string) => readFileSync(resolve(__dirname, "..", path), "utf8");
const RULES = read("examples/observability/alerts.yml");
const RULE_TESTS = read("examples/observability/alerts.test.yml");
const DOCUMENTED = read("docs/observability.md");

/** The suffixes that Prometheus adds to the name of a histogram. */
const PARTS = /_(bucket|sum|count)$/;

let service: ServingService;
let served: string[];
beforeAll(async () => {
  service = await servingService(await recordedDatabase());
  const { text } = await service.get("/metrics");
  served = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name!);
});
afterAll(() => service.close());

/** The metrics of ours that a file of rules names. */
const namedIn = (text: string) =>
  new Set([...text.matchAll(/\bcommunique_\w+/g)].map(([name]) => name.replace(PARTS, "")));

describe("Observability", () => {
  it("Every metric that the alert rules name is one that /metrics has", () => {
    expect(served.length).toBeGreaterThan(30);
    const unknown = [...namedIn(RULES)].filter((name) => !served.includes(name));
    expect(unknown).toEqual([]);
  });

  it("The unit tests of the rules feed every metric that the rules name, and expect every alert", () => {
    const expressions = RULES.replace(/^ +description: .*/gm, "");
    expect([...namedIn(RULE_TESTS.replace(/^ +description: .*/gm, ""))].sort()).toEqual(
      [...namedIn(expressions)].sort(),
    );
    const alerts = [...RULES.matchAll(/- alert: (\w+)/g)].map(([, name]) => name!);
    expect(alerts.length).toBeGreaterThan(5);
    expect(alerts.filter((name) => !RULE_TESTS.includes(`alertname="${name}"`))).toEqual([]);
    expect(alerts.filter((name) => !DOCUMENTED.includes(`\`${name}\``))).toEqual([]);
  });

  it("docs/observability.md names every metric, and no other of ours", () => {
    const documented = new Set([...DOCUMENTED.matchAll(/`(\w+)/g)].map(([, name]) => name!));
    expect(served.filter((name) => !documented.has(name))).toEqual([]);
    const ours = [...documented].filter((name) => name.startsWith("communique_"));
    expect(ours.filter((name) => !served.includes(name.replace(PARTS, "")))).toEqual([]);
  });
});
