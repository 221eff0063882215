import { setTimeout } from "node:timers/promises";
import { buildSchema, execute, type ExecutionResult, parse, validate } from "graphql";
import { executorByPlans } from "../src/execution/executor.js";
import { Dice } from "./fixtures/world.dice.js";
import { chanceSchema, ChanceWorld } from "./harness/chance-schema.js";
import { makeOdd } from "./harness/odd-questions.js";
import { Questioner } from "./harness/questions.js";

/** Other questions in every run. A failure tells this, and TEST_SEED asks the same again. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = 500;

/** An object without a type, or of a wrong one: graphql-js has several sentences for that, which are all for us alone. */
const UNTYPED =
  /^(Abstract type "Any" (must resolve|was resolved) to|Runtime Object type .* is not) .*/s;

/** All of a result that anybody can see. */
function shown({ data, errors = [] }: ExecutionResult) {
  return {
    data: JSON.stringify(data),
    errors: errors.map(({ message, path, locations, originalError }) => ({
      message: message.replace(UNTYPED, "no type of Any"),
      path,
      locations,
      cause: originalError?.message.replace(UNTYPED, "no type of Any"),
    })),
  };
}

describe("Execution by plans", () => {
  it(`is graphql-js's, whatever resolvers do (TEST_SEED=${seed})`, async () => {
    const schema = chanceSchema();
    const byPlans = executorByPlans(schema);
    const dice = new Dice(seed);
    const questioner = new Questioner(schema, dice, {});
    let [faulty, partial] = [0, 0];
    for (let run = 0; run < RUNS; run++) {
      const { query, variables } = makeOdd(questioner.ask(), dice);
      const document = parse(query);
      const faults = validate(schema, document);
      if (faults.length > 0) throw new Error(`${String(faults[0])}\n${query}`);
      const ask = async (by: typeof execute) => {
        const world = new ChanceWorld(schema, seed + run);
        const result = await by({
          schema,
          document,
          variableValues: variables,
          rootValue: world.root(),
          contextValue: world,
        });
        // After an error, it depends on how long it takes to be told what else is asked meanwhile.
        const told = result.errors ? [] : world.told.sort();
        return { query, variables, ...shown(result), told };
      };
      const answer = await ask(execute);
      // Planned, planned to be kept, kept.
      for (let time = 0; time < 3; time++) expect(await ask(byPlans)).toEqual(answer);
      if (answer.errors.length > 0) faulty++;
      if (answer.errors.length > 0 && answer.data !== "null") partial++;
    }
    process.stdout.write(
      `${RUNS} questions asked with TEST_SEED=${seed}: ${faulty} had errors, ${partial} of them data too\n`,
    );
    expect(partial).toBeGreaterThan(RUNS / 10);
  }, 120_000);

  it("hears of everything that fails, in a list that has failed already too", async () => {
    const schema = buildSchema("type Query { items: [Item!] } type Item { name: String! }");
    const late = setTimeout(10).then(() => Promise.reject(new Error("late")));
    const rootValue = { items: [{ name: late }, new Error("at once")] };
    const args = { schema, document: parse("{ items { name } }"), rootValue };
    const result = await executorByPlans(schema)(args);
    expect(result).toMatchObject({ data: { items: null }, errors: [{ message: "at once" }] });
    // A rejection that nobody hears would end this process.
    await setTimeout(20);
  });
});
