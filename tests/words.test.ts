import { alternativesIn } from "../src/search/web-search.js";
import { MeetingCoverage, MeetingKind } from "../src/meeting/meeting.enums.js";
import type { SourceRecordInput } from "../src/records/record.format.js";
import { DocumentKind } from "../src/source/source.enums.js";
import { StatementForm } from "../src/statement/statement.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

describe("The syntax of text searches", () => {
  it.each([
    ["fog or ice", [["fog or ice", ""]]],
    ["fog -ice", [["fog", "ice"]]],
    [
      `fog -"thick ice" -snow OR -hail`,
      [
        ["fog", `"thick ice" or snow`],
        ["", "hail"],
      ],
    ],
    ["- fog", [["- fog", ""]]],
    [`-"open`, [["", `"open`]]],
    ["e-mail", [["e-mail", ""]]],
    ["or -or or", [["", "or"]]],
  ])("A text search is split into alternatives: %s", (query, expected) => {
    const alternatives = alternativesIn(query);
    expect(alternatives.map(({ wanted, unwanted }) => [wanted, unwanted])).toEqual(expected);
  });
});

describe("Words in statements and titles", () => {
  let service: TestService;
  beforeAll(async () => {
    service = await serviceWith(record());
  });
  afterAll(() => service.close());

  it.each([
    [
      "in any language on record, by their stems",
      "boats",
      ["One boat came.", "Les boats sont la."],
    ],
    ["without accents and capitals", "PECHE", ["La pêche."]],
    ["by an accent that the text has not", "böat", ["One boat came.", "Les boats sont la."]],
    ["of the audience too", "penguins", ["Ice."]],
    ["that stand side by side", `"boat came"`, ["One boat came."]],
    ["that do not stand side by side", `"came boat"`, []],
    ["of which either will do", "ice or peche", ["Ice.", "La pêche."]],
    ["but not with those excluded", "boat -came", ["Les boats sont la."]],
    [
      "of many alternatives, some of which exclude others or say nothing",
      `"boat came" -les or ice -choir or ?! or pêche -ice or - or sont -came or qapla -boating -qapla`,
      ["One boat came.", "La pêche.", "Les boats sont la."],
    ],
    [
      "of many alternatives, of which none says anything",
      "-? or ! or -. or ?! or -ice -?!",
      ["One boat came.", "La pêche.", "Les boats sont la.", "Qapla!"],
    ],
    [
      "of many alternatives with what a query is written with",
      `fish's -'came' or boat's:* -c&d or (ice) -| or \\x -<-> or !boat -b`,
      ["Ice.", "One boat came.", "Les boats sont la."],
    ],
    ["but not with another form of those excluded", "came or sont -boating", ["One boat came."]],
    [
      "where a stop word of another language stands beside",
      "the boat",
      ["One boat came.", "Les boats sont la."],
    ],
    ["in a language that nobody stems", "qapla", ["Qapla!"]],
    ["of which there are none", " ?! ", []],
  ])("A text filter finds words %s: %s", async (_, text, expected) => {
    const { data } = await service.ask(
      `query ($text: String) { statements(filter: { text: $text }) { nodes { text } } }`,
      { text },
    );
    const texts = (data.statements.nodes as { text: string }[]).map((node) => node.text);
    expect(texts.sort()).toEqual([...expected].sort());
  });

  it("A word in a title is excluded even when another language's stemming differs", async () => {
    const query = `{ meetings(filter: { text: "fog -summit" }) { nodes { title } } }`;
    const { data } = await service.ask(query);
    expect(data.meetings.nodes).toEqual([{ title: "Fog talks" }]);
  });

  function record(): SourceRecordInput {
    const citations = [{ start: 0, end: 9 }];
    const said = (key: string, language: string, text: string, audience?: string) => ({
      key,
      text,
      audience,
      language,
      form: StatementForm.REPORTED,
      speakers: [{ description: "a voice in the fog" }],
      citations,
    });
    return {
      format: "communique-record/1",
      document: { key: "fog-news", kind: DocumentKind.NEWS, language: "en" },
      meetings: ["Fog summit", "Fog talks"].map((title) => ({
        slug: title.toLowerCase().replace(" ", "-"),
        title,
        kind: MeetingKind.OTHER,
        coverage: MeetingCoverage.REPORTED,
        citations,
      })),
      statements: [
        said("boat", "en", "One boat came."),
        said("boats", "fr-CA", "Les boats sont la."),
        said("peche", "fr", "La pêche."),
        said("ice", "en-GB", "Ice.", "Penguin choir"),
        said("qapla", "tlh", "Qapla!"),
      ],
    };
  }
});
