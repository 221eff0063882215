import type { SourceRecordInput } from "../src/records/record.format.js";
import { contentsOf } from "./harness/contents.js";
import { wrongInLists } from "./harness/list-tables.js";
import { serviceWith, type TestService } from "./harness/service.js";

type Lists = Partial<Omit<SourceRecordInput, "format" | "document">>;

/** A record with these lists, of a document of its own. */
const record = (key: string, lists: Lists, document: object = {}): SourceRecordInput =>
  ({
    format: "communique-record/1",
    document: { key, title: key, kind: "NEWS", language: "en", ...document },
    ...lists,
  }) as SourceRecordInput;

const judged = (lists: Lists): SourceRecordInput => record("judged", lists, { kind: "OTHER" });
const at = (start: number) => [{ start, end: start + 5 }];
const person = (slug: string, name: string) => ({ slug, name, sortName: name });
const same = (stays: string, goes: string, kind = "person") =>
  ({ kind, stays, goes, because: "one and the same" }) as NonNullable<Lists["merges"]>[number];

/** Two sources that spell one person, place and meeting in two ways. */
const FIRST = record("first", {
  people: [person("ada-floe", "Ada Floe"), person("bo-drift", "Bo Drift")],
  places: [{ slug: "iceburg", name: "Iceburg" }],
  meetings: [
    {
      slug: "fish-talks",
      title: "Fish talks",
      kind: "BILATERAL",
      coverage: "REPORTED",
      startDate: "2031-06-03",
      places: ["iceburg"],
      participations: [
        { person: "ada-floe", country: "AQ", citations: at(10) },
        { person: "bo-drift", country: "BV", citations: at(20) },
      ],
      citations: at(0),
    },
  ] as never,
  statements: [
    {
      key: "sea",
      text: "The sea is everyone's.",
      form: "REPORTED",
      language: "en",
      meeting: "fish-talks",
      speakers: [{ person: "ada-floe", country: "AQ" }],
      citations: at(30),
    },
  ] as never,
});
const SECOND = record("second", {
  people: [person("ada-flow", "Ada Flow"), person("bo-drift", "Bo Drift")],
  places: [{ slug: "ice-burg", name: "Ice Burg" }],
  meetings: [
    {
      slug: "herring-talks",
      title: "Herring talks",
      kind: "BILATERAL",
      coverage: "REPORTED",
      startDate: "2031-06-04",
      places: ["ice-burg"],
      participations: [
        { person: "ada-flow", country: "AQ", role: "HOST", citations: at(11) },
        { person: "bo-drift", country: "BV", citations: at(21) },
      ],
      citations: at(1),
    },
  ] as never,
  statements: [
    {
      key: "sea",
      text: "The sea belongs to all.",
      form: "REPORTED",
      language: "en",
      meeting: "herring-talks",
      speakers: [
        { person: "ada-flow", country: "AQ" },
        { person: "bo-drift", country: "BV" },
      ],
      citations: at(31),
    },
    {
      key: "fish",
      text: "Fish for all.",
      form: "REPORTED",
      language: "en",
      place: "ice-burg",
      speakers: [{ person: "ada-flow" }],
      relations: [{ kind: "RESPONDS_TO", statement: "sea" }],
      citations: at(41),
    },
  ] as never,
});

describe("Merges", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith(FIRST, SECOND);
  });
  afterEach(async () => {
    const wrong = await wrongInLists((text) => test.dataSource.query(text));
    await test.close();
    expect(wrong).toEqual([]);
  });

  it("Two people, places, meetings and statements become one, and two again", async () => {
    const before = await contentsOf(test.dataSource);
    await test.load(
      judged({
        merges: [
          same("ada-floe", "ada-flow"),
          same("iceburg", "ice-burg", "place"),
          same("fish-talks", "herring-talks", "meeting"),
          same("first/sea", "second/sea", "statement"),
        ],
      }),
    );
    const { data } = await test.ask(`{
      person(slug: "ada-flow") {
        slug name
        statements { totalCount nodes { key } }
        meetings { nodes { slug participations { nodes { person { slug } role citations { start } } } citations { start } } }
      }
      people { totalCount }
      meetings(filter: { places: ["ice-burg"] }) { nodes { slug } }
      statements { nodes { key joint sourceCount citations { start } relations { kind statement { key } } } }
    }`);
    expect(data).toMatchInlineSnapshot(`
     {
       "meetings": {
         "nodes": [
           {
             "slug": "fish-talks",
           },
         ],
       },
       "people": {
         "totalCount": 2,
       },
       "person": {
         "meetings": {
           "nodes": [
             {
               "citations": [
                 {
                   "start": 0,
                 },
                 {
                   "start": 1,
                 },
               ],
               "participations": {
                 "nodes": [
                   {
                     "citations": [
                       {
                         "start": 20,
                       },
                       {
                         "start": 21,
                       },
                     ],
                     "person": {
                       "slug": "bo-drift",
                     },
                     "role": "PARTICIPANT",
                   },
                   {
                     "citations": [
                       {
                         "start": 10,
                       },
                       {
                         "start": 11,
                       },
                     ],
                     "person": {
                       "slug": "ada-floe",
                     },
                     "role": "HOST",
                   },
                 ],
               },
               "slug": "fish-talks",
             },
           ],
         },
         "name": "Ada Floe",
         "slug": "ada-floe",
         "statements": {
           "nodes": [
             {
               "key": "first/sea",
             },
             {
               "key": "second/fish",
             },
           ],
           "totalCount": 2,
         },
       },
       "statements": {
         "nodes": [
           {
             "citations": [
               {
                 "start": 30,
               },
               {
                 "start": 31,
               },
             ],
             "joint": false,
             "key": "first/sea",
             "relations": [],
             "sourceCount": 2,
           },
           {
             "citations": [
               {
                 "start": 41,
               },
             ],
             "joint": false,
             "key": "second/fish",
             "relations": [
               {
                 "kind": "RESPONDS_TO",
                 "statement": {
                   "key": "first/sea",
                 },
               },
             ],
             "sourceCount": 1,
           },
         ],
       },
     }
    `);
    await test.loadWith({ prune: true }, judged({}));
    const after = await contentsOf(test.dataSource);
    delete (after as Record<string, unknown>).source_document;
    delete (before as Record<string, unknown>).source_document;
    expect(after).toEqual(before);
  });
});
