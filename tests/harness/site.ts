import type { Browser, BrowserContextOptions } from "playwright-core";
import { launchBrowser, openPage, type WatchedPage } from "./browser.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./service.js";

/** The service on the record that ships with the project, and a browser to look at it. */
interface Site {
  /** Where it is reached, without a slash at the end. */
  readonly address: string;
  readonly test: TestService;
  /** Opens an empty page, which is closed after the test. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>;
}

/** Starts both before the tests of a file, and stops them after. */
export function shippedSite(): Site {
  let test: TestService;
  let address: string;
  let browser: Browser | undefined;
  beforeAll(async () => {
    test = await serviceWith(SHIPPED_RECORD);
    address = await test.service.listen({ host: "127.0.0.1", port: 0 });
    browser = await launchBrowser();
  });
  afterEach(() => Promise.all(browser?.contexts().map((context) => context.close()) ?? []));
  afterAll(async () => {
    // Where there is no browser, the message that says so is enough.
    await browser?.close();
    await test.close();
  });
  return {
    get address() {
      return address;
    },
    get test() {
      return test;
    },
    open: (options) => openPage(browser!, options),
  };
}
