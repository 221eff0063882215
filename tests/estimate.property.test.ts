import { checkRecord } from "../src/records/check/record.check.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { createSchema } from "../src/schema.js";
import { worldOf } from "./fixtures/world.js";
import { Dice } from "./fixtures/world.dice.js";
import { keysOnRecord } from "./harness/keys.js";
import { type Question, Questioner } from "./harness/questions.js";
import { serviceWith, type TestService } from "./harness/service.js";

const RUNS = 1_000;
const TOGETHER = 20;
const world = worldOf({ seed: 11, people: 12, places: 5, meetings: 40, statements: 80 }).map(
  shortened,
);

let service: TestService;
beforeAll(async () => {
  service = await serviceWith(...world);
});
afterAll(() => service.close());

/** A record whose lists are as long as estimates assume at most. */
function shortened(record: SourceRecordInput): SourceRecordInput {
  const cited = <T extends { citations: unknown[] }>(item: T) => ({
    ...item,
    citations: item.citations.slice(0, 5),
  });
  return {
    ...record,
    tenures: record.tenures?.map(cited),
    meetings: record.meetings?.map((meeting) => ({
      ...cited(meeting),
      participations: meeting.participations?.map(cited),
    })),
    statements: record.statements?.map((statement) => ({
      ...cited(statement),
      speakers: statement.speakers.slice(0, 3),
    })),
  };
}

/** The rows of pages in an answer, by the aliases that the questioner gives. */
function rowsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((rows, item) => rows + rowsIn(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((rows, [alias, inside]) => {
    const own = /^(edges|nodes)_/.test(alias) ? (inside as unknown[]).length : 0;
    return rows + own + rowsIn(inside);
  }, 0);
}

async function answerTo({ query, variables }: Question) {
  const { body } = await service.service.apollo.executeOperation(
    { query, variables, extensions: { cost: true } },
    { contextValue: service.service.createContext() },
  );
  if (body.kind !== "single") throw new Error("the answer came in parts");
  const { data, errors = [], extensions } = body.singleResult;
  const { estimated = -1 } = (extensions?.cost ?? {}) as { estimated?: number };
  const codes = errors.map((error) => error.extensions?.code);
  return { query, variables, codes, rows: rowsIn(data), estimated };
}

describe("Estimates of random queries", () => {
  it("No list of the test records is longer than the estimate assumes", () => {
    const found = world.flatMap((record) => checkRecord(record).faults);
    expect(found.filter(({ code }) => code === "list-longer-than-assumed")).toEqual([]);
  });

  it("The estimate is never less than the number of rows in the answer", async () => {
    const questioner = new Questioner(createSchema(), new Dice(2024), await keysOnRecord(service));
    let [runs, refused, withRows, rows, estimated, closest] = [0, 0, 0, 0, 0, 0];
    while (runs < RUNS) {
      const questions = Array.from({ length: TOGETHER }, () => questioner.ask());
      for (const answer of await Promise.all(questions.map(answerTo))) {
        if (answer.codes.includes("QUERY_TOO_COSTLY")) {
          refused++;
          continue;
        }
        if (answer.codes.length > 0 || answer.rows > answer.estimated) {
          throw new Error(JSON.stringify(answer, null, 2));
        }
        runs++;
        rows += answer.rows;
        estimated += answer.estimated;
        if (answer.rows > 0) withRows++;
        if (answer.rows > 1) closest = Math.max(closest, answer.rows / answer.estimated);
      }
    }
    process.stdout.write(
      `${runs} questions answered, ${withRows} of them with rows, and ${refused} refused: ` +
        `${rows} rows, ${estimated} estimated, at most ${Math.round(closest * 100)} % of an estimate\n`,
    );
    // Neither queries without rows nor estimates that nothing could reach prove anything.
    expect(withRows).toBeGreaterThan(RUNS / 4);
    expect(closest).toBeGreaterThan(0.5);
  }, 180_000);
});
