import { get, linksIn } from "./harness/pages.js";
import { rawClient } from "./harness/raw-client.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const HTML = { accept: "text/html,application/xhtml+xml" };

let test: TestService;
let address: string;
beforeAll(async () => {
  test = await serviceWith(SHIPPED_RECORD);
  address = await test.service.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => test.close());

/** What is answered to a request line, to the letter. */
async function answerTo(line: string): Promise<string> {
  const client = rawClient(address);
  client.socket.write(`${line} HTTP/1.1\r\nhost: record.example\r\nconnection: close\r\n\r\n`);
  await client.closed;
  return client.received();
}

describe("Requests for the explorer's pages", () => {
  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const)(
    "%s of a page is 405 with the methods that it takes, for programs and for browsers",
    async (method) => {
      for (const url of ["/people/rajnath-singh", "/search?q=trust", "/people"]) {
        const payload = method === "OPTIONS" ? {} : { payload: "a=b" };
        const request = { method, url, ...payload };
        const told = await test.service.app.inject(request);
        expect([told.statusCode, told.headers.allow]).toEqual([405, "GET, HEAD"]);
        expect(told.json().errors[0].message).toBe("Use GET or HEAD: this is a page.");
        const seen = await test.service.app.inject({ ...request, headers: HTML });
        expect([seen.statusCode, seen.headers.allow]).toEqual([405, "GET, HEAD"]);
        expect(seen.headers["content-type"]).toBe("text/html; charset=utf-8");
        expect(seen.body).toContain(`This page answers GET and HEAD, not ${method}.`);
      }
    },
  );

  it("An address that can't be decoded is a page for a browser, and JSON for a program", async () => {
    const seen = await test.service.app.inject({ url: "/people/%ff", headers: HTML });
    expect([seen.statusCode, seen.headers["content-type"]]).toEqual([
      ...[400, "text/html; charset=utf-8"],
    ]);
    expect(seen.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(seen.body).toContain("This address can’t be read");
    const told = await test.service.app.inject({ url: "/people/%ff" });
    expect(told.statusCode).toBe(400);
    expect(told.json().errors[0].extensions).toEqual({ code: "BAD_REQUEST" });
  });

  it("A page, a file and JSON-LD can be asked for by their whole address", async () => {
    const at = (path: string) => answerTo(`GET http://record.example${path}`);
    expect(await at("/people/rajnath-singh?tab=met")).toMatch(
      /^HTTP\/1\.1 200 [^]*Met 3 people[^]*<\/html>/,
    );
    expect(await at("/people/rajnath-singh?format=csv")).toMatch(/^HTTP\/1\.1 200 [^]*text\/csv/);
    const linked = await at("/documents/vientiane-2024-11-20.jsonld");
    expect(linked).toMatch(/^HTTP\/1\.1 200 [^]*application\/ld\+json/);
    expect(linked).toContain("link: </documents/vientiane-2024-11-20>;");
    expect(await at("/people/nobody-of-that-name")).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("Crawlers are kept from lists that are narrowed, pictures, files, searches and tools, and from nothing else", async () => {
    const { statusCode, headers, body } = await get(test, "/robots.txt");
    expect([statusCode, headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(body).toMatch(/^User-agent: \*\n/);
    const rules = [...body.matchAll(/^Disallow: (.+)$/gm)].map(
      ([, rule]) =>
        new RegExp(
          `^${rule!
            .split("*")
            .map((part) => part.replace(/[.?]/g, "\\$&"))
            .join(".*")}`,
        ),
    );
    const isKept = (address: string) => rules.some((rule) => rule.test(address));
    for (const page of [
      ...["/", "/people", "/people/rajnath-singh", "/people/rajnath-singh?tab=met"],
      ...["/meetings?after=x", "/dates/2024-11", "/with/IN/CN?tab=together", "/changes/1"],
      ...["/people/place=x", "/feeds/changes.atom", "/reference"],
    ]) {
      expect([page, isKept(page)]).toEqual([page, false]);
    }
    const { body: page } = await get(test, "/people/rajnath-singh?facets=1");
    const [, facets = ""] = /<nav class="facets"[^>]*>(.*?)<\/nav>/s.exec(page) ?? [];
    expect(linksIn(facets).length).toBeGreaterThan(5);
    for (const address of [
      ...linksIn(facets),
      ...linksIn(page).filter((one) => /graphiql|format=|pictures/.test(one)),
      "/documents/vientiane-2024-11-20.jsonld",
    ]) {
      expect([address, isKept(address)]).toEqual([address, true]);
    }
    expect(page).toContain('<a rel="nofollow" href="/graphiql?');
  });
});
