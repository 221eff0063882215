import { StatementForm } from "../src/statement/statement.enums.js";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkFiles } from "../src/records/check/record.check.files.js";
import { recordSchema } from "../src/records/record.format.js";

const root = join(__dirname, "..");
const recordFile = join(root, "records/vientiane-2024-11-20.json");
// The article may not be redistributed, so only those who hold a copy beside the project check against it.
const articleFile = join(root, "../shared/data/vientiane-2024-11-20.txt");
const article = existsSync(articleFile) ? readFileSync(articleFile, "utf8") : null;

const record = recordSchema.parse(JSON.parse(readFileSync(recordFile, "utf8")));
const { people, places, organizations, tenures, meetings, agreements, statements } = record;

/** A word or two that each passage of an item must hold. */
const keyWords: [item: string, ...passages: string[][]][] = [
  ["rajnath-singh/defence-minister", ["Rajnath Singh"]],
  ["dong-jun/defence-minister", ["Chinese"], ["China", "Dong Jun"]],
  ["khaled-nordin/minister-of-defence", ["Khaled Nordin", "Malaysia"]],
  ["chansamone-chanyalath/deputy-prime-minister", ["Deputy", "Lao PDR"]],
  ["chansamone-chanyalath/minister-of-national-defence", ["National Defence", "Lao PDR"]],
  ["narendra-modi/prime-minister", ["Prime Minister", "Modi"]],
  ["xi-jinping/president", ["Chinese President"]],
  [
    "singh-dong-vientiane-2024",
    ["November 20", "Wednesday"],
    ["in Vientiane"],
    ["sidelines", "Plus"],
  ],
  ["singh-khaled-vientiane-2024", ["Earlier", "Khaled Nordin"]],
  ["singh-chansamone-vientiane-2024", ["Earlier", "Chansamone"], ["also met"]],
  ["indian-community-vientiane-2024", ["Community event"]],
  ["admm-plus-2024", ["ASEAN", "Plus"]],
  ["brics-summit-2024", ["BRICS summit"]],
  ["modi-xi-brics-2024", ["Modi", "Xi Jinping", "BRICS"]],
  ["modi-laos-visit-2024", ["visit", "PM", "Laos"]],
  ["india-laos-revised-mou", ["revised MoU", "exchanged"]],
  ["india-china-disengagement-agreements", ["disengagement agreements"]],
  ["move-from-disengagement-to-de-escalation", ["needs to move", "Dong Jun"]],
  ["trust-through-de-escalation", ["Singh", "looked forward"], ["further", "looked forward"]],
  ["amicable-relations-serve-the-world", ["amicable", "prosperity"]],
  ["both-countries-remain-neighbours", ["neighbours."]],
  ["cooperation-rather-than-conflict", ["cooperation"]],
  ["learn-from-the-2020-border-clashes", ["lessons", "2020", "border areas"]],
  ["roadmap-for-mutual-trust", ["Both sides", "roadmap"]],
  ["progress-of-india", ["Community event", "progress"]],
  ["fully-developed-india-by-2047", ["2047"]],
  ["revised-mou-welcomed", ["Both sides", "revised MoU"]],
  ["revised-mou-strengthens-bonds", ["concurred", "bonds"]],
  ["laos-complimented-as-asean-chair", ["complimented", "Chair"]],
  ["support-for-asean-unity-and-centrality", ["centrality"]],
  ["ties-with-laos-and-asean-strengthened", ["assured", "ties"]],
];

describe("The record of the Vientiane article", () => {
  it("The record passes the check without a warning, also against the article when it is at hand", async () => {
    const options = article === null ? {} : { textFile: articleFile };
    const { faults } = await checkFiles([recordFile], options);
    expect(faults).toEqual([]);
  });

  it("The record has the expected number of items", () => {
    const lists = { people, places, organizations, tenures, meetings, agreements, statements };
    const counts = Object.entries(lists).map(([name, list]) => [name, list.length]);
    expect(Object.fromEntries(counts)).toEqual({
      people: 6,
      places: 1,
      organizations: 2,
      tenures: 7,
      meetings: 8,
      agreements: 2,
      statements: 14,
    });
  });

  it("The record has three joint statements and two verbatim ones", () => {
    expect(statements.filter(({ speakers }) => speakers.length > 1)).toHaveLength(3);
    expect(statements.filter(({ form }) => form === StatementForm.VERBATIM)).toHaveLength(2);
  });

  it("Six statements of Rajnath Singh in Vientiane rest on stated facts alone", () => {
    const placeStated = new Set(
      meetings.filter((it) => it.places.length > 0 && !it.placeCertainty).map(({ slug }) => slug),
    );
    const stated = statements.filter(
      ({ meeting, speakers }) =>
        placeStated.has(meeting!) &&
        speakers.some((it) => it.person === "rajnath-singh" && !it.personCertainty),
    );
    expect(stated).toHaveLength(6);
  });

  it("No citation contains words of the article", () => {
    const kept = allCitations().filter(({ exact }) => exact !== undefined);
    expect(kept).toEqual([]);
  });

  it("The test has key words for every item with citations", () => {
    expect(keyWords.map(([item]) => item)).toEqual(itemsWithCitations().map(({ name }) => name));
  });

  it.each(keyWords)("The citations of %s contain its key words", (name, ...passages) => {
    const { citations } = itemsWithCitations().find((item) => item.name === name)!;
    expect(citations).toHaveLength(passages.length);
    for (const [i, words] of passages.entries()) {
      // Without the article there is nothing to read; the count above still holds.
      const passage = article?.slice(citations[i]!.start, citations[i]!.end) ?? words.join(" ");
      for (const word of words) expect(passage).toContain(word);
    }
  });

  it("A participation cites only passages of its meeting", () => {
    for (const meeting of meetings) {
      const passages = meeting.citations.map(({ start, end }) => `${start}-${end}`);
      for (const { citations } of meeting.participations)
        for (const { start, end } of citations) expect(passages).toContain(`${start}-${end}`);
    }
  });

  it("The first citation of a verbatim statement is as long as its text", () => {
    for (const { form, text, citations } of statements) {
      if (form === StatementForm.VERBATIM)
        expect(citations[0]!.end! - citations[0]!.start!).toBe(text.length);
    }
  });
});

function itemsWithCitations() {
  return [
    ...tenures.map(({ key, citations }) => ({ name: key, citations })),
    ...meetings.map(({ slug, citations }) => ({ name: slug, citations })),
    ...agreements.map(({ slug, citations }) => ({ name: slug, citations })),
    ...statements.map(({ key, citations }) => ({ name: key, citations })),
  ];
}

function allCitations() {
  return [
    ...itemsWithCitations().flatMap(({ citations }) => citations),
    ...meetings.flatMap((it) => it.participations.flatMap(({ citations }) => citations)),
  ];
}
