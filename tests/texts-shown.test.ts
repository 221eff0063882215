import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serviceWith, type TestService } from "./harness/service.js";
import { recordOf, sha256Of, type Told, writeTexts } from "./fixtures/texts.js";
import { passageIn } from "./fixtures/texts.js";

/** Longer than a part of a stored text, with characters of two code units around each of its boundaries. */
const LONG =
  "Penguins swam past. ".repeat(700) +
  "🐧".repeat(3_000) +
  " Ada Floe said that fish, krill & ice-cream are free. " +
  "x".repeat(7) +
  "🐟".repeat(9_000) +
  " The end.";
const SHORT =
  "PORT FLOE.\n\nThe keeper met her guest at noon. Ada Floe said: fish are free.\n\nNobody else spoke.";

const long: Told = {
  key: "long",
  text: LONG,
  licence: "CC-BY-4.0",
  said: { free: "fish, krill & ice-cream are free", swim: LONG.slice(0, 20_001) },
  document: { url: "https://example.org/long#part-2" },
};
const short: Told = {
  key: "short",
  text: SHORT,
  licence: "public-domain",
  said: {
    free: "fish are free",
    met: "The keeper met her guest at noon.",
    across: "Ada Floe said: fish are free.\n\nNobody else spoke.",
  },
  document: {
    url: "https://example.org/short",
    archivedUrl: "https://archive.example.org/short",
    attribution: "The Port Floe Herald",
    retrievedAt: "2031-06-04T11:30:00+02:00",
  },
};

const PASSAGES = `
  key citations { exact prefix suffix passageUrl textSha256 document { key } }`;

describe("Texts that may be shown", () => {
  let folder: string;
  let communique: TestService;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "communique-texts-"));
    communique = await serviceWith();
    await writeTexts(folder, { long: LONG, short: SHORT });
    await communique.loadWith({ text: folder }, recordOf(long), recordOf(short));
  });
  afterAll(async () => {
    await communique.close();
    await rm(folder, { recursive: true });
  });

  async function passageOf(key: string) {
    const { data } = await communique.ask(
      `query ($key: String!) { statementByKey(key: $key) { ${PASSAGES} } }`,
      { key },
    );
    return data.statementByKey.citations[0];
  }

  async function textOf(key: string, args = "") {
    const { data } = await communique.ask(
      `query ($key: String!) { sourceDocumentByKey(key: $key) { text${args} textLength } }`,
      { key },
    );
    return data.sourceDocumentByKey;
  }

  it("A passage comes with its words, those around it, and an address that leads to it", async () => {
    expect(await passageOf("short/met")).toEqual({
      exact: "The keeper met her guest at noon.",
      prefix: "PORT FLOE.\n\n",
      suffix: " Ada Floe said: fish are free.\n\nNobody else spoke.",
      passageUrl:
        "https://example.org/short#:~:text=PORT%20FLOE.-,The%20keeper%20met%20her%20guest%20at%20noon.,-Ada%20Floe%20said%3A",
      textSha256: sha256Of(SHORT),
      document: { key: "short" },
    });
    expect((await passageOf("short/across")).passageUrl).toBe(
      "https://example.org/short#:~:text=Ada%20Floe%20said%3A%20fish%20are%20free.,Nobody%20else%20spoke.",
    );
  });

  it("An address with a fragment keeps it, and what the directive is made of is encoded", async () => {
    const { passageUrl } = await passageOf("long/free");
    const [url, directive] = passageUrl.split(":~:");
    expect(url).toBe("https://example.org/long#part-2");
    const terms = directive.slice("text=".length).split(",");
    expect(terms.map(decodeURIComponent)).toEqual([
      expect.stringMatching(/Ada Floe said that|Floe said that-$/),
      "fish, krill & ice-cream are free",
      expect.stringMatching(/^-\./),
    ]);
    expect(terms[1]).not.toMatch(/[-,&]/);
  });

  it("Words around a passage are at most 200 code units, and neither a word nor a character is cut", async () => {
    const { start, end } = passageIn(LONG, long.said.free!);
    const { prefix, suffix } = await passageOf("long/free");
    const before = LONG.slice(0, start);
    const after = LONG.slice(end);
    expect(before.endsWith(prefix)).toBe(true);
    expect(after.startsWith(suffix)).toBe(true);
    for (const words of [prefix, suffix]) {
      expect(words.length).toBeLessThanOrEqual(200);
      expect(words.length).toBeGreaterThan(190);
      expect(words.isWellFormed?.() ?? !/\p{Cs}/u.test(words)).toBe(true);
    }
    expect((await passageOf("long/swim")).prefix).toBe("");
  });

  it("Of a passage of more than 20,000 code units, the words are null, and the address has its ends", async () => {
    const { exact, passageUrl } = await passageOf("long/swim");
    expect(exact).toBeNull();
    expect(passageUrl).toMatch(/text=Penguins%20swam%20past\.%20Penguins%20swam%20past\.,/);
  });

  it("Parts of a text in a row make the whole, whatever their size, and no character is cut", async () => {
    for (const size of [20_000, 16_384, 777]) {
      let whole = "";
      const most = size === 777 ? 20 : Infinity;
      let at = 0;
      for (let i = 0; at < LONG.length && i < most; i++, at += size) {
        const { text, textLength } = await textOf("long", `(start: ${at}, end: ${at + size})`);
        expect(textLength).toBe(LONG.length);
        expect(/\p{Cs}/u.test(text)).toBe(false);
        whole += text;
      }
      expect(LONG.startsWith(whole)).toBe(true);
      if (most === Infinity) expect(whole).toBe(LONG);
    }
    expect((await textOf("long")).text).toBe(LONG.slice(0, 20_000));
    expect((await textOf("short")).text).toBe(SHORT);
    expect((await textOf("short", "(start: 90000)")).text).toBe("");
    expect((await textOf("short", "(start: null, end: 4)")).text).toBe("PORT");
  });

  it.each([
    ["(start: -1)", "start"],
    ["(start: 9, end: 8)", "end"],
    ["(start: 1, end: 20002)", "end"],
  ])("A part that can't be is refused: text%s", async (args, argument) => {
    const { errors } = await communique.askExpectingErrors(
      `{ sourceDocumentByKey(key: "short") { text${args} } }`,
    );
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: "BAD_USER_INPUT", argument },
    ]);
  });

  it("A document says when it was read, whom to name, and where a copy is", async () => {
    const { data } = await communique.ask(
      `{ sourceDocumentByKey(key: "short") { retrievedAt attribution archivedUrl } }`,
    );
    expect(data.sourceDocumentByKey).toEqual({
      retrievedAt: "2031-06-04T09:30:00.000Z",
      attribution: "The Port Floe Herald",
      archivedUrl: "https://archive.example.org/short",
    });
  });

  it("Any number of passages costs the same number of statements", async () => {
    const many = `{ statements(first: 50) { nodes { ${PASSAGES} } } }`;
    const before = (await communique.ask(many)).sql;
    const all = Array.from({ length: 30 }, (_, i) => ({
      key: `more-${i}`,
      text: `${"Snow fell on the harbour. ".repeat(50)} Ada Floe said number ${i}.`,
      licence: "CC0-1.0",
      said: { it: `said number ${i}` },
      document: { url: `https://example.org/${i}` },
    }));
    await writeTexts(folder, Object.fromEntries(all.map(({ key, text }) => [key, text])));
    await communique.loadWith({ text: folder }, ...all.map(recordOf));
    const { sql, data } = await communique.ask(many);
    expect(data.statements.nodes).toHaveLength(35);
    expect(sql).toEqual(before);
    expect(sql.filter((name) => name === "textParts")).toHaveLength(1);
  });

  it("A citation can't show the text of another document whose licence is not open", async () => {
    const secret = "Ada Floe whispered the word moonfish to nobody at all.";
    await writeTexts(folder, { secret });
    const closed: Told = { key: "secret", text: secret, said: { moon: "the word moonfish" } };
    await communique.loadWith({ text: folder }, recordOf(closed));
    const thief = recordOf({ ...short, key: "thief", said: { free: "fish are free" } });
    Object.assign(thief.statements![0]!.citations[0]!, { textSha256: sha256Of(secret) });
    await communique.load(thief);
    expect(await passageOf("thief/free")).toMatchObject({
      exact: null,
      prefix: null,
      suffix: null,
    });
    expect(await passageOf("secret/moon")).toMatchObject({ exact: null, passageUrl: null });
  });
});
