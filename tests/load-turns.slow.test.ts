import type { SourceRecordInput } from "../src/records/record.format.js";
import { ParentRelation } from "../src/meeting/meeting.enums.js";
import { DocumentKind } from "../src/source/source.enums.js";
import { addCounts } from "../src/records/load/record.outcome.js";
import type { LoadReport } from "../src/records/load/record.load.js";
import { contentsOf } from "./harness/contents.js";
import { serviceWith, type TestService } from "./harness/service.js";
import { fableWith } from "./fixtures/fable.js";

const fable = (changes?: Record<string, unknown>) => fableWith(changes) as SourceRecordInput;

/** One text with the fable; all of them are about the same people, meetings and places. */
const telling = (i: number, changes?: Record<string, unknown>) =>
  fable({
    "/document/key": `telling-${i}`,
    "/document/datePublished": `203${i % 10}-01-01`,
    "/statements/0/relations": [],
    ...changes,
  });

/** Records that go on in several batches, with all that makes the later ones wait for those before them. */
function manyRecords(): SourceRecordInput[] {
  const records = Array.from({ length: 640 }, (_, i) => telling(i));
  // Reported by a second document, whose own record does not mention it, and the same again after that is redated.
  const citations = [
    { start: 0, end: 9 },
    { document: "telling-3", start: 10, end: 19 },
  ];
  records[200] = records[520] = telling(5, { "/statements/0/citations": citations });
  // A document of an earlier batch is of another date, and so its statements are reported on another day.
  records[400] = telling(3, { "/document/datePublished": "2029-05-05" });
  // Another record has a value and a person that differ.
  records[410] = telling(410, {
    "/meetings/0/title": "Something else",
    "/people/1/slug": "cy-squall",
    "/people/1/formerSlugs": [],
  });
  // What the database alone finds: two documents that are copies of each other.
  const { people, places, meetings } = fable();
  const part = { ...meetings![1]!, parent: "fish-talks", parentRelation: ParentRelation.PART_OF };
  const news = (key: string, syndicatedFrom?: string): SourceRecordInput => ({
    format: "communique-record/1",
    document: { key, kind: DocumentKind.NEWS, language: "en", syndicatedFrom },
  });
  records[621] = news("agency");
  records[622] = news("copy", "agency");
  records[625] = {
    ...news("agency", "copy"),
    people,
    places,
    meetings: [part, { ...part, slug: "fog-fair" }],
  };
  records[630] = telling(630, { "/meetings/0/parent": "fog-fair" });
  // The same items once more, changed by who owns them.
  records[620] = telling(0, { "/statements/0/standing": "RETRACTED" });
  return records;
}

jest.setTimeout(120_000);

describe("A load of many batches", () => {
  let together: TestService;
  let apart: TestService;
  beforeEach(async () => {
    [together, apart] = await Promise.all([serviceWith(), serviceWith()]);
  });
  afterEach(() => Promise.all([together.close(), apart.close()]));

  it("One load of many records leaves and refuses the same as loads of a few records each", async () => {
    const records = manyRecords();
    const { report, faults } = await together.loadWith({}, ...records);
    const codes: string[] = [];
    const changes: LoadReport["changes"] = new Map();
    for (let i = 0; i < records.length; i += 40) {
      const part = await apart.loadWith({}, ...records.slice(i, i + 40));
      codes.push(...part.faults.map(({ code }) => code));
      addCounts(changes, part.report.changes);
    }
    expect(faults.map(({ code }) => code)).toEqual(codes);
    expect(new Set(codes)).toEqual(new Set(["syndication-cycle", "dangling-reference"]));
    expect(report.changes).toEqual(changes);
    expect(report).toMatchObject({ records: 638, refused: 1, waiting: 1 });
    expect(await contentsOf(together.dataSource)).toEqual(await contentsOf(apart.dataSource));
  });
});
