import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";

const HTML = { accept: "text/html,application/xhtml+xml" };

let test: TestService;
beforeAll(async () => {
  test = await serviceWith(SHIPPED_RECORD);
});
afterAll(() => test.close());

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
});
