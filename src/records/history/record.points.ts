import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { readFirst, readLastOfDay, readLatest, readRevisionsOf } from "./record.points.store.js";

/** Thrown for a revision, a day, an operation or a key that is not in the history; the message explains. */
export class UnknownInHistory extends Error {}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^\d{1,9}$/;
const RANGE = /^(\d{1,9})\.\.(\d{1,9})$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns the revision that a command names; undefined if it names none. */
export async function revisionOf(
  dataSource: DataSource,
  point: string | undefined,
): Promise<number | undefined> {
  return point === undefined ? undefined : revisionAt(sqlOf(dataSource), point);
}

/** Returns the revision that a day or a number means: of a day, the last one up to its end, in UTC. */
export async function revisionAt(sql: Sql, point: string): Promise<number> {
  if (NUMBER.test(point)) return knownRevision(sql, Number(point));
  if (DAY.test(point) && isDay(point)) return lastOfDay(sql, point);
  throw new UnknownInHistory(`"${point}" is neither a day, as 2031-05-30, nor a revision, as 12.`);
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

async function knownRevision(sql: Sql, number: number): Promise<number> {
  const latest = await readLatest(sql);
  if (latest && number >= 1 && number <= latest.number) return number;
  throw new UnknownInHistory(`There is no revision ${number}: ${whatThereIs(latest?.number)}`);
}

async function lastOfDay(sql: Sql, day: string): Promise<number> {
  const today = new Date().toISOString().slice(0, 10);
  if (day > today) throw new UnknownInHistory(`${day} is yet to come: today is ${today}, in UTC.`);
  const number = await readLastOfDay(sql, day);
  if (number !== null) return number;
  const first = await readFirst(sql);
  throw new UnknownInHistory(
    `At the end of ${day}, in UTC, nothing was on record: ` +
      (first
        ? `revision 1 is of ${first.recordedAt.slice(0, 10)}.`
        : "there are no revisions yet."),
  );
}

/** Returns the revisions that an operation's id, a range (12..90) or a number means, in order. */
export async function revisionsIn(sql: Sql, what: string): Promise<number[]> {
  if (UUID.test(what)) {
    const numbers = await readRevisionsOf(sql, what);
    if (numbers.length > 0) return numbers;
    throw new UnknownInHistory(
      `There is no operation ${what}: \`communique log\` lists those that there are.`,
    );
  }
  const range = RANGE.exec(what);
  const [from, to] = range ? [range[1]!, range[2]!] : [what, what];
  if (!NUMBER.test(from))
    throw new UnknownInHistory(
      `"${what}" is neither a revision, as 12, nor a range of them, as 12..90, nor the id of an operation, as \`communique log\` shows it.`,
    );
  const [first, last] = [
    await knownRevision(sql, Number(from)),
    await knownRevision(sql, Number(to)),
  ];
  if (first > last) throw new UnknownInHistory(`The first revision of ${what} is after the last.`);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function whatThereIs(latest: number | undefined): string {
  if (latest === undefined) return "there are none yet.";
  return latest === 1 ? "there is only revision 1." : `there are those from 1 to ${latest}.`;
}
