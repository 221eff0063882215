"use strict";
// What `npm run bench:feed` found.

const { writeResult } = require("./report.js");
const { describeMachine } = require("./setup.js");

/** Of a load without revisions: how much more time and disk one with them may take. */
const TARGETS = { time: 0.15, disk: 0.25, apart: 1.15 };

const whole = (number) => Math.round(number).toLocaleString("en");
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
const at = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Prints what was found and writes it down; whether every target is met. */
async function writeReport({ statements, machine, costs, followed, feed, pages, unlike, again }) {
  const more = ({ with: one, without }) => one / without - 1;
  const disk = costs.disk.revisions / costs.disk.rest;
  const apart = pages.last.feed / pages.early.feed;
  const lags = followed.lag.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const judged = [
    [
      "more CPU time for a load",
      percent(more(costs.cpu)),
      `at most ${percent(TARGETS.time)}`,
      more(costs.cpu) <= TARGETS.time,
    ],
    ["more disk", percent(disk), `at most ${percent(TARGETS.disk)}`, disk <= TARGETS.disk],
    [
      "the feed has every change once, and no number of a revision is missing",
      feed.isWhole ? "yes" : "NO",
      "",
      feed.isWhole,
    ],
    [
      "the mirror has the same items and words",
      unlike.length === 0 ? "yes" : `NO: ${unlike.join(", ")}`,
      "",
      unlike.length === 0,
    ],
    ["revisions of the same load once more", `${again}`, "none", again === 0],
    [
      "buffers of a page's changes, at the end and near the start",
      apart.toFixed(2),
      `at most ${TARGETS.apart} times`,
      apart <= TARGETS.apart,
    ],
  ];
  const rate = ({ seconds, of = statements }) => whole(of / seconds);
  const loaded = (seconds) => rate({ seconds, of: costs.statements });
  const page = ({ rows, types, feed: changes, buffers, ms }) =>
    `${rows} (${Object.entries(types)
      .map(([type, count]) => `${count} ${type}`)
      .join(", ")}) | ${whole(changes)} | ${whole(buffers)} | ${ms.toFixed(1)}`;
  const text = `# Revisions and the feed of changes: ${whole(statements)} statements

${describeMachine(machine)}
PostgreSQL as the product starts it, durable. All on one machine, loaders, service, mirror and database.

| a load of ${whole(costs.statements)} by itself | with revisions | without | |
| --- | --- | --- | --- |
| seconds | ${costs.seconds.with.toFixed(1)} | ${costs.seconds.without.toFixed(1)} | ${percent(more(costs.seconds))} more |
| statements/s | ${loaded(costs.seconds.with)} | ${loaded(costs.seconds.without)} | |
| CPU seconds, loader's and PostgreSQL's | ${costs.cpu.with.toFixed(1)} | ${costs.cpu.without.toFixed(1)} | ${percent(more(costs.cpu))} more |
| disk, MB | ${megabytes(costs.disk.revisions + costs.disk.rest)} | ${megabytes(costs.disk.rest)} | ${percent(disk)} more |

Of two loads each, the quicker. Without: \`feed.without.js\`.

**Two loaders and a mirror that follows.** One loader is killed (SIGKILL) at ${whole(followed.killedAt)} documents and run again, the mirror is killed
${followed.kills} times. All was loaded after ${followed.seconds.toFixed(1)} s, ${rate(followed)} statements/s with the service and the mirror on the same processors. The mirror was
${at(lags, 0.5).toFixed(1)} s behind in the median, ${at(lags, 1).toFixed(1)} s at the most, and had everything ${followed.caughtUpIn.toFixed(1)} s after the loads.

**The feed**: ${whole(feed.changes)} changes in ${whole(feed.revisions)} revisions, read at ${whole(feed.perSecond)} changes/s without their fields. What a page of 100 changes with their
fields takes:

| | changes | buffers of the changes | of all statements | ms in PostgreSQL |
| --- | --- | --- | --- | --- |
| before the 10,000th | ${page(pages.early)} |
| at the end | ${page(pages.last)} |

| target | | | |
| --- | --- | --- | --- |
${judged.map(([what, value, target, isMet]) => `| ${what} | ${value} | ${target} | ${isMet ? "met" : "MISSED"} |`).join("\n")}
`;
  await writeResult(`feed-${statements}.md`, text);
  process.stdout.write(`\n${text}`);
  return judged.every(([, , , isMet]) => isMet);
}

module.exports = { writeReport };
