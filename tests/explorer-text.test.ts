import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fableText, fableWith, passageOf } from "./fixtures/fable.js";
import { passageIn, recordOf, sha256Of, type Told, writeTexts } from "./fixtures/texts.js";
import { LONG_TEXT, loadLongText } from "./harness/explorer-text.js";
import { get, linksIn, read, textOf } from "./harness/pages.js";
import { serviceWith, type TestService } from "./harness/service.js";
import type { SourceRecordInput } from "../src/records/record.format.js";

const PACT = "/documents/the-herring-pact";

/** Two statements of one passage, and one of a passage that overlaps another and reaches over the end of a sentence. */
const more = (key: string, from: string, to: string) => ({
  key,
  text: `Summary of ${key}.`,
  form: "REPORTED",
  language: "en",
  speakers: [{ country: "BV" }],
  citations: [passageOf(from, to)],
});
const fable = fableWith({
  "/document/licence": "CC-BY-4.0",
  "/document/attribution": "The Iceburg Herald",
  "/statements/2": more("again", "Drift announced", "winter."),
  "/statements/3": more("both", "before winter", "Herring Pact"),
}) as unknown as SourceRecordInput;

const ODD =
  "<script>alert(1)</script> & Ada Floe said: <b>fish</b> are free.\n\nThe end & no more.";
const odd: Told = { key: "odd", text: ODD, licence: "CC0-1.0", said: { free: "<b>fish</b> are" } };

const withoutSpace = (text: string) => text.replace(/\s+/g, "");

const SECRET = "Ada Floe whispered that fish are not free.";
const secret: Told = {
  key: "secret",
  text: SECRET,
  said: { not: "fish are not free" },
  document: { url: "https://gull.example/secret" },
};
const unheld: Told = { key: "unheld", text: "Fish.", licence: "CC0-1.0", said: { fish: "Fish" } };

describe("The text of a document", () => {
  let test: TestService;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "communique-explorer-text-"));
    test = await serviceWith();
    const texts = { "the-herring-pact": fableText, odd: ODD, secret: SECRET };
    await writeTexts(folder, texts);
    const told = [odd, secret].map(recordOf);
    const { faults } = await test.loadWith({ text: folder }, fable, ...told);
    expect(faults.filter(({ severity }) => severity === "fault")).toEqual([]);
    await test.load(recordOf(unheld));
    await loadLongText(test.dataSource);
  });
  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true });
  });

  const pageOf = async (address: string) => {
    const { statusCode, body } = await get(test, address);
    expect([address, statusCode]).toEqual([address, 200]);
    return body;
  };
  /** The letters of the text as a reader sees them, without the numbers of notes. */
  const lettersOf = (body: string) =>
    withoutSpace(
      textOf(/<div class="source-text".*?<\/div>/s.exec(body)![0].replace(/<sup>.*?<\/sup>/gs, "")),
    );
  const idsIn = (body: string) => [...body.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!);
  const idOf = ({ start, end }: { start: number; end: number }) => `c${start}-${end}`;

  it("A tab shows it whole, and each passage has its id; no id is there twice, and no link on the page leads nowhere", async () => {
    const body = await pageOf(`${PACT}?tab=text`);
    expect(lettersOf(body)).toBe(withoutSpace(fableText));
    const ids = idsIn(body);
    expect(ids).toHaveLength(new Set(ids).size);
    const passages = [
      passageOf("Ada Floe", "in Iceburg"),
      passageOf("the Ice Fair"),
      passageOf("The sea", "told him"),
      passageOf("Drift announced", "winter."),
      passageOf("before winter", "Herring Pact"),
    ];
    expect(ids).toEqual(expect.arrayContaining(passages.map(idOf)));
    for (const address of linksIn(body).filter((link) => link.startsWith("#")))
      expect(ids).toContain(address.slice(1));
    expect(body).toContain('lang="en" dir="auto"');
    expect(textOf(body)).toContain("The Iceburg Herald. Licence: CC-BY-4.0.");
  });

  it("Overlapping passages are marked piece by piece, each piece with the numbers of what ends there", async () => {
    const body = await pageOf(`${PACT}?tab=text`);
    const [first] = /<mark[^>]*>Drift announced.*?<\/p>/s.exec(body)!;
    const pieces = [...first.matchAll(/<mark([^>]*)>([^<]*)<\/mark>(<sup>.*?<\/sup>)?/gs)];
    expect(pieces.slice(0, 3).map(([, , words]) => words)).toEqual([
      "Drift announced that a colony would share its fish with every neighbour ",
      "before winter.",
      " Both signed the Herring Pact",
    ]);
    expect(pieces.slice(0, 3).map(([, attributes]) => /several/.test(attributes!))).toEqual([
      ...[false, true, false],
    ]);
    expect(pieces[1]![3]!.match(/href="#n\d"/g)).toEqual(['href="#n4"', 'href="#n5"']);
    expect(pieces[2]![3]!.match(/href="#n\d"/g)).toEqual(['href="#n6"']);
    expect(pieces[2]![3]).toContain('title="Bouvet Island: Summary of both."');
  });

  it("Below it are the statements and meetings that cite it, each with its page and its passage", async () => {
    const body = await pageOf(`${PACT}?tab=text`);
    expect(textOf(body)).toContain("Cited by 4 statements and 2 meetings");
    const notes = /<ol class="notes">.*?<\/ol>/s.exec(body)![0];
    const links = linksIn(notes);
    for (const path of ["whose-sea-it-is", "fish-shared", "again", "both"])
      expect(links).toContain(`/statements/the-herring-pact/${path}`);
    expect(links).toContain("/meetings/fish-talks");
    expect(links).toContain(`#${idOf(passageOf("The sea", "told him"))}`);
    expect(textOf(notes)).toContain("“The sea belongs to all of us 🐧”");
  });

  it("A statement's passages, and the positions in the list of statements, lead into the text", async () => {
    const sea = passageOf("The sea", "told him");
    const address = `${PACT}?tab=text&at=${sea.start}#${idOf(sea)}`;
    expect(linksIn(await pageOf("/statements/the-herring-pact/whose-sea-it-is"))).toContain(
      address,
    );
    expect(linksIn(await pageOf(PACT))).toContain(address);
    expect(linksIn(await pageOf("/meetings/fish-talks?tab=passages"))).toContain(
      `${PACT}?tab=text&at=0#${idOf(passageOf("Ada Floe", "in Iceburg"))}`,
    );
    expect(idsIn(await pageOf(address.split("#")[0]!))).toContain(idOf(sea));
  });

  it("Words are text, whatever they are", async () => {
    const body = await pageOf("/documents/odd?tab=text");
    expect(body).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Ada Floe said: ");
    expect(body).toMatch(/<mark[^>]*>&lt;b&gt;fish&lt;\/b&gt; are<\/mark>/);
    expect(body).toContain("<p>The end &amp; no more.</p>");
  });

  it("A long text comes in parts with links to those before and after, which together are the text", async () => {
    let [address, whole]: [string | undefined, string] = ["/documents/long?tab=text", ""];
    const pages: string[] = [];
    while (address !== undefined) {
      const body = await pageOf(address);
      pages.push(body);
      whole += lettersOf(body);
      address = /<a rel="next" href="([^"#]*)/.exec(body)?.[1]!.replaceAll("&amp;", "&");
    }
    expect(pages.map((page) => /<h2 id="part">(.*?)<\/h2>/.exec(page)![1])).toEqual([
      ...["Part 1 of 3", "Part 2 of 3", "Part 3 of 3"],
    ]);
    expect(whole === withoutSpace(LONG_TEXT.text)).toBe(true);
    expect(pages[1]).toContain('<a rel="prev" href="/documents/long?tab=text&amp;part=1#part">');
    expect(pages[1]).toContain('<link rel="canonical" href="/documents/long?tab=text&amp;part=2">');
    expect(textOf(pages[1]!)).toContain("part 2 of 3");
  });

  it("An offset leads to the part that has it, also where that is another than the round offset tells", async () => {
    const partAt = async (at: number) => {
      const { statusCode, headers, body } = await get(test, `/documents/long?tab=text&at=${at}`);
      return statusCode === 302 ? headers.location : /<h2 id="part">(.*?)<\/h2>/.exec(body)![1];
    };
    expect(await partAt(0)).toBe("Part 1 of 3");
    expect(await partAt(10_005)).toBe("/documents/long?tab=text&part=1");
    expect(await partAt(10_050)).toBe("Part 2 of 3");
    expect(await partAt(23_990)).toBe("Part 3 of 3");
    expect(await partAt(99_999)).toBe("/documents/long?tab=text&part=3");
    for (const wrong of ["at=-1", "at=x", "at=1e3", "part=0", "part=99999", "part=1.5"]) {
      const { statusCode } = await get(test, `/documents/long?tab=text&${wrong}`);
      expect([wrong, statusCode]).toEqual([wrong, 400]);
    }
  });

  it("Of very many statements only the first are read, which a part behind them says", async () => {
    const first = await pageOf("/documents/long?tab=text");
    expect(textOf(first)).toContain("Cited by 251 statements");
    expect(first).not.toContain("notice");
    const second = await pageOf("/documents/long?tab=text&part=2");
    expect(textOf(second)).toContain("Cited by 49 statements");
    expect(textOf(second)).toContain(
      "Of 600 statements the first 300 are read for a part of a text: passages that only others cite are not marked.",
    );
  });

  it("Of very many passages in a part the first thousand are marked, which it says", async () => {
    const text = "Penguin ".repeat(1_200);
    const dense = recordOf({ key: "dense", text, licence: "CC0-1.0", said: { all: "Penguin" } });
    const citations = Array.from({ length: 1_100 }, (_, i) => ({ start: i * 8, end: i * 8 + 7 }));
    Object.assign(dense.statements![0]!, { citations });
    await writeTexts(folder, { dense: text });
    await test.loadWith({ text: folder }, dense);
    const body = await pageOf("/documents/dense?tab=text");
    expect(textOf(body)).toContain("Of 1,100 passages in this part the first 1,000 are marked.");
    expect(body.match(/<mark/g)).toHaveLength(1_000);
  });

  it("Where it may not be shown there is no tab, and the list of statements says why, with the source", async () => {
    const body = await pageOf("/documents/secret");
    expect(linksIn(body).filter((link) => link.includes("tab=text"))).toEqual([]);
    const why =
      "The words of this document may not be shown here: its licence is not known to be open. Read the source";
    expect(textOf(body)).toContain(why);
    const { statusCode, headers } = await get(test, "/documents/secret?tab=text&at=3");
    expect([statusCode, headers.location]).toEqual([302, "/documents/secret?tab=said"]);
    expect(await read(test, "/documents/secret?tab=said")).toContain(why);
    expect(body).not.toContain("whispered");
    expect((await read(test, "/statements/secret/not")).split(why)).toHaveLength(2);
    expect(await read(test, "/documents/unheld")).toContain(
      "The words of this document are not shown here: no text of it is held, or its licence is not known to be open.",
    );
    expect(await read(test, PACT)).not.toContain("shown here");
  });

  it("A passage in another edition of the text is not marked, and that is said", async () => {
    const other = recordOf({ ...odd, said: { free: "<b>fish</b> are", end: "The end" } });
    Object.assign(other.statements![1]!.citations[0]!, {
      textSha256: sha256Of("Another edition."),
    });
    await test.load(other);
    const text = textOf(await pageOf("/documents/odd?tab=text"));
    expect(text).toContain("1 passage of another edition of the text can’t be marked.");
    expect(text).toContain("Cited by 1 statement");
    const { start } = passageIn(ODD, "The end");
    expect(linksIn(await pageOf("/documents/odd")).join(" ")).not.toContain(`at=${start}#`);
  });
});
