import fc from "fast-check";
import { TEXT_PAGES } from "./harness/explorer-pages.js";
import { loadFable, loadLongText } from "./harness/explorer-text.js";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";

const SAID = "/statements/vientiane-2024-11-20";
const DONG = "/meetings/singh-dong-vientiane-2024";

describe("What the explorer costs", () => {
  let served: ServingService;
  const names: string[] = [];
  beforeAll(async () => {
    served = await servingService(
      await recordedDatabase(loadFable, loadLongText),
      {},
      {
        observe(name) {
          names.push(name);
          return undefined;
        },
      },
    );
  });
  afterAll(() => served.close());

  const costOf = async (address: string) => {
    names.length = 0;
    const { status } = await served.get(address);
    expect([address, status]).toEqual([address, 200]);
    return names.length;
  };

  it("The first view of each kind of page takes at most 6 SQL statements", async () => {
    for (const address of [
      ...["/people/rajnath-singh", DONG, `${SAID}/trust-through-de-escalation`, "/countries/IN"],
      ...[
        "/places/vientiane",
        "/organizations/asean?tab=said",
        "/topics/asean",
        "/dates/2024",
        "/with/IN/CN",
      ],
      ...["/documents/vientiane-2024-11-20", "/with/rajnath-singh/dong-jun", "/search?q=singh"],
      ...["/search?q=singh+vientiane", "/search?q=laos+singh", "/search?q=india+dong+jun"],
      ...["/meetings", "/statements", "/people", "/countries", "/places", "/organizations"],
      ...["/topics", "/documents", "/dates", "/dates/2024?tab=met"],
      ...[TEXT_PAGES["document-passages"], TEXT_PAGES["statement-in-text"]],
    ]) {
      expect([address, (await costOf(address)) <= 6]).toEqual([address, true]);
    }
  });

  it("Leading to the first tab that has something takes at most 6 SQL statements", async () => {
    for (const address of ["/people/narendra-modi", "/organizations/asean"]) {
      names.length = 0;
      const { statusCode } = await served.service.app.inject(address);
      expect([address, statusCode, names.length <= 6]).toEqual([address, 302, true]);
    }
  });

  it("Each tab, with or without counts to narrow it, takes at most 12 SQL statements", async () => {
    for (const address of [
      ...["/people/rajnath-singh?tab=sources", "/people/rajnath-singh?tab=claims"],
      ...["/people/rajnath-singh?facets=1", `${DONG}?tab=claims`, `${DONG}?facets=1`],
      ...[`${SAID}/trust-through-de-escalation?tab=claims`, "/countries/IN?tab=people"],
      ...["/people/rajnath-singh?speaker=dong-jun&place=vientiane&country=LA&topic=asean"],
      ...["/countries/IN?tab=agreements", "/countries/IN?tab=met&facets=1", "/dates/2024?facets=1"],
      ...["/with/IN/CN?facets=1", `${DONG}?tab=passages`],
      ...["/dates/2024?tab=met&facets=1", "/places/vientiane?tab=met&facets=1&person=dong-jun"],
      ...["/search?q=singh&list=1", "/people/rajnath-singh?tab=history", `${DONG}?tab=history`],
      ...[`${SAID}/trust-through-de-escalation?tab=history`, "/places/vientiane?tab=history"],
      ...["/organizations/asean?tab=history", "/topics/asean?tab=history"],
      ...["/documents/vientiane-2024-11-20?tab=history", "/meetings?facets=1", "/people?rows=100"],
      TEXT_PAGES["document-text"],
    ]) {
      expect([address, (await costOf(address)) <= 12]).toEqual([address, true]);
    }
  });

  it("A part of a text takes at most 12 SQL statements, also if very many statements cite it", async () => {
    for (const part of [1, 2, 3]) {
      const address = `/documents/long?tab=text&part=${part}`;
      expect([address, (await costOf(address)) <= 12]).toEqual([address, true]);
    }
  });

  it("Whom a person met, in three lists, takes at most 12 SQL statements", async () => {
    for (const more of [
      "",
      "&facets=1",
      "&facets=1&year=2024",
      "&facets=person",
      "&person=dong-jun&place=vientiane&side=CN",
      "&person=nobody&place=nowhere&side=AQ&country=BV",
      "&facets=1&person=nobody&place=nowhere&side=AQ&country=BV",
    ]) {
      const address = `/people/rajnath-singh?tab=met${more}`;
      expect([address, (await costOf(address)) <= 12]).toEqual([address, true]);
    }
  });

  it("What is new takes at most 6 SQL statements, though items of all types are named", async () => {
    for (const address of ["/changes", "/changes/1", "/changes?rows=100", "/changes/1?rows=100"]) {
      {
        const c = await costOf(address);
        if (address.includes("vientiane")) console.log(address, c, names);
        expect([address, c <= 6]).toEqual([address, true]);
      }
    }
  });

  it("A file takes at most 8 SQL statements for each hundred rows", async () => {
    for (const address of [
      ...["/people/rajnath-singh?", "/people/rajnath-singh?tab=met&", `${DONG}?`],
      ...["/people/rajnath-singh?tab=met&list=meetings&", `${DONG}?list=statements&`],
      "/people/rajnath-singh?tab=met&list=described&",
      ...["/countries/IN?", "/countries/IN?tab=people&", "/countries/IN?tab=agreements&"],
      ...["/places/vientiane?", "/places/vientiane?tab=met&", "/organizations/asean?tab=met&"],
      ...["/people/rajnath-singh?tab=history&", "/changes?", "/changes/1?", "/topics/asean?"],
      ...["/dates/2024?", "/documents/vientiane-2024-11-20?", "/with/IN/CN?"],
    ]) {
      expect([address, (await costOf(`${address}format=csv`)) <= 8]).toEqual([address, true]);
    }
  });

  it("Each picture takes at most 12 SQL statements", async () => {
    const pictures = ["timeline", "years", "months", "map", "network"];
    const items = ["/people/rajnath-singh", "/countries/IN", "/places/vientiane", "/topics/asean"];
    for (const item of items) {
      for (const name of pictures) {
        for (const of of ["statements", "meetings"]) {
          const address = `${item}?tab=pictures&picture=${name}&of=${of}`;
          expect([address, (await costOf(address)) <= 12]).toEqual([address, true]);
        }
      }
      for (const at of ["2024", "2024-11"]) {
        const address = `${item}?tab=pictures&at=${at}`;
        expect([address, (await costOf(address)) <= 12]).toEqual([address, true]);
      }
    }
  });

  it("A picture counts no list twice for the parts of one facet", async () => {
    for (const [picture, facet] of [
      ["months", "statementsByMONTH"],
      ["map", "statementsByPLACE_COUNTRY"],
    ]) {
      await costOf(`/countries/IN?tab=pictures&picture=${picture}&of=statements`);
      expect(names.filter((name) => name === facet)).toEqual([facet]);
    }
  });

  it("No path and no parameter makes it fail", async () => {
    const folders = ["people", "countries", "places", "meetings", "organizations", "statements"];
    const others = ["documents", "topics", "dates", "with", "search", "changes"];
    const part = fc.oneof(
      fc.constantFrom("%00", "%ff", "..", "%2e%2e", "%2F", "//", "\\", "a".repeat(3000), "%ud800"),
      fc.string({ unit: "binary" }).map((text) => encodeURIComponent(text)),
      fc.constantFrom(
        "rajnath-singh",
        "vientiane-2024-11-20",
        "IN",
        "2024",
        "CN",
        "the-herring-pact",
        "text",
        "csv",
        "statements",
      ),
      fc.constantFrom("pictures", "map", "months", "network", "years", "2024-11", "9999-12"),
      fc.constantFrom("1", "100", "10000", "99999", "-1", "place", "month", "topic"),
    );
    const names = [
      "after",
      "people",
      "place",
      "country",
      "year",
      "topic",
      "speaker",
      "tab",
      ...[
        "facets",
        "skip",
        "month",
        "person",
        "side",
        "rows",
        "peopleRows",
        "described",
        "describedRows",
      ],
      "format",
      "list",
      ...["picture", "at", "of", "from", "part"],
    ];
    const query = fc.array(fc.tuple(fc.constantFrom(...names, "q", "kind", "list"), part), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...folders, ...others),
        fc.array(part, { maxLength: 3 }),
        query,
        async (folder, path, parameters) => {
          const search = parameters.map(([name, value]) => `${name}=${value}`).join("&");
          const address = `/${[folder, ...path].join("/")}?${search}`;
          const { statusCode } = await served.service.app.inject(address);
          expect([200, 302, 400, 404]).toContain(statusCode);
        },
      ),
      { numRuns: 300 },
    );
  }, 120_000);
});
