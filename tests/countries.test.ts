import { localizedName, namesOfCountries } from "../src/country/country.names.js";
import { storeCountries } from "../src/country/country.store.js";
import { sqlOf } from "../src/db/sql.js";
import { isLanguageTag } from "../src/scalars/language-tag.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

let test: TestService;
beforeAll(async () => {
  test = await serviceWith(SHIPPED_RECORD);
});
afterAll(() => test.close());

describe("Localized country names", () => {
  async function nameOf(code: string, language: string): Promise<string> {
    const { data } = await test.ask(
      `query ($code: CountryCode!, $language: String!) {
         country(code: $code) { localizedName(language: $language) } }`,
      { code, language },
    );
    return data.country.localizedName;
  }

  it.each([
    ["IN", "en", "India"],
    ["IN", "fr", "Inde"],
    ["IN", "FR", "Inde"],
    ["IN", "fr-CA", "Inde"],
    ["IN", "fr-XX-x-home", "Inde"],
    ["IN", "hi", "भारत"],
    ["LA", "lo", "ລາວ"],
    ["CN", "zh-Hant", "中國"],
    ["CN", "zh-TW", "中國"],
    ["CN", "zh", "中国"],
    ["CN", "zh-yue", "中國"],
    ["IN", "sr-Latn", "Indija"],
    ["XK", "de", "Kosovo"],
  ])("The name of %s in %s is %s", async (code, language, name) => {
    expect(await nameOf(code, language)).toBe(name);
  });

  it.each([
    ["a language that has none", "IN", "la", "India"],
    ["a language that knows only some", "IN", "gv", "India"],
    ["no language", "IN", "zxx", "India"],
    ["a language of nobody else's", "IN", "x-elvish", "India"],
    ["an old tag", "IN", "i-klingon", "India"],
    ["former countries", "SUHH", "fr", "Soviet Union"],
    ["former countries whose letters are another's today", "CSHH", "fr", "Czechoslovakia"],
  ])("The localized name is in English for %s", async (_, code, language, name) => {
    expect(await nameOf(code, language)).toBe(name);
  });

  it.each([
    "",
    " ",
    "f",
    "french language",
    "fr_FR",
    "fr-",
    "-fr",
    "fr--FR",
    "de-a",
    "中文",
    "en\n",
    "fr; x",
  ])("The ill-formed language tag %p is refused", async (language) => {
    const query = `query ($language: String!) { country(code: "IN") { localizedName(language: $language) } }`;
    const { errors } = await test.askExpectingErrors(query, { language });
    expect(errors.map(({ extensions: e }) => [e?.code, e?.argument])).toEqual([
      ["BAD_USER_INPUT", "language"],
    ]);
  });

  it("Every well-formed tag of RFC 5646 is accepted", () => {
    const tags =
      "de fr ja i-enochian zh-Hant zh-cmn-Hans-CN sr-Latn-RS sl-rozaj-biske sl-nedis de-CH-1901 hy-Latn-IT-arevela " +
      "es-419 de-CH-x-phonebk az-Arab-x-AZE-derbend x-whatever qaa-Qaaa-QM-x-southern en-US-u-islamcal " +
      "zh-CN-a-myext-x-private en-a-myext-b-another art-lojban en-GB-oed";
    for (const tag of tags.split(" ")) expect([tag, isLanguageTag(tag)]).toEqual([tag, true]);
    for (const tag of ["de-419-DE", "a-DE", "ar-a"]) {
      expect([tag, isLanguageTag(tag)]).toEqual([tag, false]);
    }
  });

  it("Localized names stay correct and fast for any number of language tags", () => {
    const began = performance.now();
    for (let i = 0; i < 2_000; i++) expect(localizedName("IN", `fr-x-${i}`)).toBe("Inde");
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it("Localized names take no SQL statement of their own", async () => {
    const { sql } = await test.ask(`{ countries { nodes { localizedName(language: "lo") } } }`);
    expect(sql).toEqual(["countries"]);
  });
});

describe("Country names in search", () => {
  it.each([
    ["Laos", ["LA"]],
    ["ລາວ", ["LA"]],
    ["Indien", ["IN"]],
    ["Chine", ["CN"]],
    ["مالیزیا", ["MY"]],
    ["Frankreich", []],
  ])(
    "The text %p finds the countries on record with that name in some language",
    async (text, codes) => {
      const { data } = await test.ask(
        `query ($text: String!) { countries(filter: { text: $text }) { nodes { code } } }`,
        { text },
      );
      expect(data.countries.nodes.map(({ code }: { code: string }) => code)).toEqual(codes);
    },
  );

  it("Each name of a country is stored once, and its code is not among them", () => {
    for (const { code, names } of namesOfCountries(["IN", "US", "XK", "SUHH", "CSHH"])) {
      expect(new Set(names).size).toBe(names.length);
      if (code.length === 4) expect(names).toEqual([]);
      else expect(names.length).toBeGreaterThan(50);
    }
    // Where a language has no name for it, Intl would give the code.
    expect(namesOfCountries(["IN"])[0]!.names).not.toContain("IN");
    expect(namesOfCountries(["US"])[0]!.names).toEqual(
      expect.arrayContaining(["United States", "USA", "Estados Unidos", "アメリカ合衆国"]),
    );
  });

  it("A second start changes no country and runs two SQL statements", async () => {
    const contents = () =>
      test.dataSource.query("SELECT xmin, code, names, names_edition FROM country ORDER BY code");
    const before = await contents();
    const asked: string[] = [];
    const sql = sqlOf(test.dataSource);
    await storeCountries({
      query(name, text) {
        asked.push(name);
        return sql.query(name, text);
      },
    });
    expect(asked).toEqual(["storeCountries", "countriesWithoutNames"]);
    expect(await contents()).toEqual(before);
  });

  it("Country names of another edition, and wrong ones, are stored again", async () => {
    const sql = sqlOf(test.dataSource);
    const contents = () =>
      test.dataSource.query("SELECT code, name, names, names_edition FROM country ORDER BY code");
    const before = await contents();
    await sql.query(
      "spoil",
      "UPDATE country SET names = '{Bharat}', names_edition = 'CLDR 1', name = 'Hind' WHERE code = 'IN'",
    );
    await storeCountries(sql);
    expect(await contents()).toEqual(before);
  });
});
