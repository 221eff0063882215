"use strict";
// `npm run bench:explorer -- http://127.0.0.1:4000 [/countries/US …]`: what each kind of the explorer's pages weighs, takes and costs, of a
// service that runs and that nobody else asks meanwhile; these pages of their kinds. Prints a table; the exit code is 1 if a page misses a target.

const { execFileSync } = require("node:child_process");
const http = require("node:http");
const { gzipSync } = require("node:zlib");
const { chromium } = require("playwright-core");

/** Chromium's "slow 4G", and a processor that is four times slower, as Lighthouse has it for a phone. */
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 93_750,
};
const SLOWER = 4;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const LOADS = 3;
const REQUESTS = 30;
/** How many pages are read to find one of each kind. */
const MAX_READ = 100;

/** Script gzipped in bytes, LCP and TTFB in ms, SQL statements of a first view and of a tab. */
const TARGETS = { script: 60_000, lcp: 1_000, ttfb: 50, first: 6, tab: 12 };

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** Gets an address: status, body, and the milliseconds until its first byte. */
function get(address) {
  const began = performance.now();
  return new Promise((done, fail) => {
    const request = http.get(address, { agent }, async (response) => {
      const ttfb = performance.now() - began;
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      done({ status: response.statusCode, ttfb, body: Buffer.concat(chunks).toString() });
    });
    request.on("error", fail);
  });
}

/** Parameters that a page of a kind may have. */
const KIND_PARAMETERS = ["tab", "picture", "q"];
const SEARCH = "search";
/** What the site links to and is no page of the explorer. */
const NO_KINDS = ["graphiql", "sandbox", "reference"];

/** The kind of page at a path: its folder, or the list of it, its tab and picture; null for what is none, such as the next page of a list. */
function kindOf(link) {
  const { pathname, searchParams } = new URL(link, "http://site");
  const [, folder, key] = pathname.split("/");
  const others = [...searchParams.keys()].filter((name) => !KIND_PARAMETERS.includes(name));
  const isPage = !NO_KINDS.includes(folder) && others.length === 0;
  if (!isPage || pathname.includes(".")) return null;
  const parts = [searchParams.get("tab"), searchParams.get("picture")].filter(
    (part) => part !== null,
  );
  const isOne = key !== undefined || folder === SEARCH;
  const kind = folder === "" ? "home" : isOne ? folder : `list of ${folder}`;
  return [kind, ...parts].join(", ");
}

/**
 * One address for each kind of page that can be reached from the start page: the first that is found, which has much on record, or the
 * one that is asked for.
 */
async function findPages(site, asked) {
  const pages = new Map([["home", "/"], ...asked.map((path) => [kindOf(path), path])]);
  const waiting = ["/", ...asked];
  for (let read = 0; read < MAX_READ && waiting.length > 0; read++) {
    const path = waiting.shift();
    const { body } = await get(site + path);
    for (const [, escaped] of body.matchAll(/<a [^>]*?href="(\/[^"#]*)(?:#[^"]*)?"/g)) {
      const link = escaped.replaceAll("&amp;", "&").replaceAll("&#39;", "'");
      const kind = kindOf(link);
      if (kind === null || pages.has(kind)) continue;
      pages.set(kind, link);
      waiting.push(link);
    }
    // Nothing links to a search: it is a form.
    const word = /<h1[^>]*>\s*([^<\s]+)/.exec(body)?.[1];
    if (path.startsWith("/people/") && word && !pages.has(SEARCH)) {
      pages.set(SEARCH, `/search?q=${encodeURIComponent(word)}`);
    }
  }
  return pages;
}

/** How many SQL statements the service has sent. */
async function countSql(site) {
  const { body } = await get(`${site}/metrics`);
  const counts = body.matchAll(/^communique_sql_duration_seconds_count\{[^}]*\} (\d+)/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Loads a page with an empty cache on the throttled profile: when its largest part is painted, and what it loads by type, gzipped. */
async function load(browser, address) {
  const context = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", NETWORK);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    const loaded = [];
    page.on("response", (response) => loaded.push(response));
    await page.goto(address, { waitUntil: "networkidle" });
    const lcp = await page.evaluate(
      () =>
        new Promise((done) => {
          const told = (list) => done(list.getEntries().at(-1).startTime);
          new PerformanceObserver(told).observe({
            type: "largest-contentful-paint",
            buffered: true,
          });
        }),
    );
    const bytes = { stylesheet: 0, script: 0 };
    for (const response of loaded) {
      const type = response.request().resourceType();
      if (type in bytes) bytes[type] += gzipSync(await response.body()).length;
    }
    return { lcp, ...bytes };
  } finally {
    await context.close();
  }
}

async function measure(browser, site, path) {
  const { status, body } = await get(site + path);
  if (status !== 200) throw new Error(`${path} answers ${status}`);
  const before = await countSql(site);
  await get(site + path);
  const sql = (await countSql(site)) - before;
  const ttfbs = [];
  for (let i = 0; i < REQUESTS; i++) ttfbs.push((await get(site + path)).ttfb);
  const loads = [];
  for (let i = 0; i < LOADS; i++) loads.push(await load(browser, site + path));
  const { stylesheet, script } = loads[0];
  const lcp = median(loads.map((one) => one.lcp));
  const page = { html: body.length, gzipped: gzipSync(body).length, stylesheet, script };
  return { ...page, lcp, ttfb: median(ttfbs), sql };
}

/** The figures that miss their target. */
function missed(kind, { script, lcp, ttfb, sql }) {
  const most = kind.includes(",") ? TARGETS.tab : TARGETS.first;
  return [
    script > TARGETS.script && `script ${script} bytes`,
    lcp > TARGETS.lcp && `LCP ${lcp.toFixed(0)} ms`,
    ttfb > TARGETS.ttfb && `TTFB ${ttfb.toFixed(0)} ms`,
    sql > most && `${sql} SQL statements`,
  ].filter(Boolean);
}

function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = "chromium chromium-browser google-chrome google-chrome-stable";
  const [found] = execFileSync("sh", ["-c", `which ${names} || true`])
    .toString()
    .split("\n");
  if (!found) throw new Error("no Chromium on the PATH: install it, or name it in CHROMIUM");
  return found;
}

async function main() {
  const site = (process.argv[2] ?? "http://127.0.0.1:4000").replace(/\/$/, "");
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ["--no-sandbox"] });
  const kb = (bytes) => (bytes / 1000).toFixed(1);
  const misses = [];
  try {
    const pages = await findPages(site, process.argv.slice(3));
    console.log(`Bytes in kB; LCP with an empty cache at 1.6 Mbit/s, 150 ms latency and a processor ${SLOWER} times slower
(median of ${LOADS}); TTFB p50 of ${REQUESTS} requests, without any of these.\n`);
    console.log("| page | HTML | gzipped | CSS | script | LCP, ms | TTFB, ms | SQL | address |");
    console.log("|---|--:|--:|--:|--:|--:|--:|--:|---|");
    for (const [kind, path] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const page = await measure(browser, site, path).catch((error) => error);
      if (page instanceof Error) {
        misses.push(`${kind}: ${page.message}`);
        continue;
      }
      const bytes = [page.html, page.gzipped, page.stylesheet, page.script].map(kb);
      const times = [page.lcp.toFixed(0), page.ttfb.toFixed(1)];
      console.log(`| ${[kind, ...bytes, ...times, page.sql, path].join(" | ")} |`);
      misses.push(...missed(kind, page).map((what) => `${kind}: ${what}`));
    }
  } finally {
    await browser.close();
    agent.destroy();
  }
  if (misses.length === 0) return;
  console.error(`\nTargets missed:\n${misses.join("\n")}`);
  process.exitCode = 1;
}

void main();
