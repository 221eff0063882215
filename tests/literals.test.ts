import fc from "fast-check";
import { inlineValues } from "../src/db/literals.js";
import { serviceWith, type TestService } from "./harness/service.js";

/** Text as PostgreSQL can hold it, rich in what means something in SQL, in arrays and in replacements. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        "''",
        '"',
        "\\",
        "{",
        "}",
        ",",
        "$1",
        "$$",
        "$&",
        "E'",
        "--",
        "/*",
        ";",
        "NULL",
        "::text",
        "\n",
      ),
      fc.string({ unit: "grapheme" }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join("").replaceAll("\0", ""));

describe("Values written into SQL", () => {
  let service: TestService;

  beforeAll(async () => {
    service = await serviceWith();
  });
  afterAll(() => service.close());

  it("Values of any content come back unchanged, alone and in arrays", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(text), fc.integer(), fc.boolean(), async (...values) => {
        const [row] = await service.dataSource.query<object[]>(
          inlineValues(
            "SELECT $1::text AS one, $2::text[] AS many, $3::bigint::text AS number, $4::boolean AS truth, $5::text AS nothing",
            [...values, null],
          ),
        );
        const [one, many, number, truth] = values;
        expect(row).toEqual({ one, many, number: String(number), truth, nothing: null });
      }),
      { numRuns: 500 },
    );
  });

  it("Parameters are found by number, also above nine", async () => {
    const values = Array.from({ length: 12 }, (_, i) => `value ${i + 1}`);
    const numbers = [12, 1, 11, 2];
    const [row] = await service.dataSource.query<object[]>(
      inlineValues(`SELECT ARRAY[${numbers.map((n) => `$${n}::text`).join()}] AS found`, values),
    );
    expect(row).toEqual({ found: numbers.map((n) => `value ${n}`) });
  });
});
