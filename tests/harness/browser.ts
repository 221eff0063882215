// What runs inside a page is typed as such. Only for the tests: src/ is compiled without it.
/// <reference lib="dom" />
import { accessSync, constants, mkdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const OUTPUT = resolve(__dirname, "../output");

/** The screen of a phone. */
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** A page, and what it did that ours must not do. */
export interface WatchedPage {
  page: Page;
  /** What it asked of another host. */
  foreign: string[];
  /** Errors and warnings in the console, what was thrown, and what a content security policy has blocked. */
  troubles: string[];
}

/** Starts a Chromium that shows nothing, and that finds no host but this machine. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}

function findBrowser(): string {
  const { CHROMIUM, PATH = "" } = process.env;
  const places = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = (CHROMIUM ? [CHROMIUM] : places).find(isExecutable);
  if (found) return found;
  throw new Error(
    `${CHROMIUM ? `There is no program at ${CHROMIUM}` : "There is no Chromium on the PATH"}: ` +
      "the pages are tested in it. Install it (on Debian: apt-get install chromium), " +
      "or name it in the environment variable CHROMIUM.",
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Opens an empty page, in a browser profile of its own. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  // Less than a test's, so that the message says what was waited for.
  context.setDefaultTimeout(15_000);
  // A navigation may start a service, and GraphiQL is megabytes of script.
  context.setDefaultNavigationTimeout(60_000);
  const page = await context.newPage();
  const foreign: string[] = [];
  const troubles: string[] = [];
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") foreign.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(error.message));
  return { page, foreign, troubles };
}

/** Keeps a picture of the page for people, in tests/output/. On a busy machine Chromium fails to take one now and then, so it is asked twice. */
export async function keepPicture(page: Page, name: string): Promise<Buffer> {
  mkdirSync(OUTPUT, { recursive: true });
  const options = {
    path: join(OUTPUT, `${name}.png`),
    fullPage: true,
    animations: "disabled",
  } as const;
  return page.screenshot(options).catch(() => page.screenshot(options));
}
