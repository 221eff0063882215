import type { SourceRecordInput } from "../src/records/record.format.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { serviceWith, type TestService } from "./harness/service.js";

/** What one document says of Ada Floe. */
const telling = (document: string, dates: { birthDate?: string; deathDate?: string }) =>
  ({
    format: "communique-record/1",
    document: { key: document, kind: "NEWS", language: "en" },
    people: [{ slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada", ...dates }],
  }) as SourceRecordInput;

describe("Birth and death dates", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith();
  });
  afterEach(() => test.close());

  const dates = async () => {
    const { data } = await test.ask(`{ person(slug: "ada-floe") { birthDate deathDate } }`);
    return data.person;
  };
  const exported = async () => {
    let text = "";
    for await (const piece of exportRecords(test.dataSource)) text += piece;
    return text
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as SourceRecordInput).people![0]);
  };

  it("Birth and death dates are as precise as the record gives them, and null without one", async () => {
    await test.load(telling("herald", { birthDate: "1980-02", deathDate: "2041-06-04" }));
    expect(await dates()).toEqual({ birthDate: "1980-02", deathDate: "2041-06-04" });
    await test.load(telling("herald", { birthDate: "1980" }));
    expect(await dates()).toEqual({ birthDate: "1980", deathDate: null });
  });

  it("A birth or death date is exported by the record that gave it, also for another record's person", async () => {
    await test.load(
      telling("herald", { birthDate: "1980-02" }),
      telling("wire", { deathDate: "2041" }),
    );
    expect(await dates()).toEqual({ birthDate: "1980-02", deathDate: "2041" });
    const person = { slug: "ada-floe", name: "Ada Floe", sortName: "Floe, Ada" };
    expect(await exported()).toEqual([
      { ...person, birthDate: "1980-02" },
      { ...person, deathDate: "2041" },
    ]);
  });

  it("A changed birth date is reported by its name, and another document's is a claim beside it", async () => {
    await test.load(telling("herald", { birthDate: "1980-02" }));
    const { lines } = await test.loadWith({}, telling("herald", { birthDate: "1981" }));
    expect(lines).toEqual(['changed  person ada-floe: birthDate "1980-02" → "1981"']);
    await test.load(telling("wire", { birthDate: "1980" }));
    const { data } = await test.ask(
      `{ person(slug: "ada-floe") { birthDate claims(field: "birthDate") { value rank } } }`,
    );
    expect(data.person).toEqual({
      birthDate: "1981",
      claims: [
        { value: "1981", rank: "PREFERRED" },
        { value: "1980", rank: "NORMAL" },
      ],
    });
  });
});
