import { readFile, stat } from "node:fs/promises";

/** The largest file that is read: it is held in memory as a whole. */
const MAX_BYTES = 256 * 1024 * 1024;

/** An object of a Popolo file, of which nothing is certain. */
export type Entry = Record<string, unknown>;

/** The lists of a Popolo file that are read. */
const LISTS = [
  "persons",
  "organizations",
  "areas",
  "posts",
  "memberships",
  "events",
  "speeches",
] as const;

type ListName = (typeof LISTS)[number];

/** A Popolo file: its lists, empty where it has none. Memberships inside persons and organizations are in the list of memberships. */
export type PopoloFile = Record<ListName, Entry[]> & {
  /** The names of lists that are not read. */
  unread: string[];
};

/** Reads a Popolo file. Rejects with a message that names it if it is none. */
export async function readPopolo(path: string): Promise<PopoloFile> {
  const { size } = await stat(path);
  if (size > MAX_BYTES)
    throw new Error(`${path}: more than ${MAX_BYTES / 1024 / 1024} MB; import it in parts`);
  let content: unknown;
  try {
    content = JSON.parse((await readFile(path, "utf8")).replace(/^\ufeff/, ""));
  } catch (error) {
    throw new Error(`${path}: not JSON: ${(error as Error).message}`);
  }
  if (!isObject(content)) throw new Error(`${path}: expected an object with lists of Popolo`);
  const lists = Object.fromEntries(LISTS.map((name) => [name, listIn(content, name, path)]));
  if (Object.values(lists).every((list) => list.length === 0))
    throw new Error(`${path}: has nothing in any of the lists ${LISTS.join(", ")}`);
  const file = { ...lists, unread: unreadIn(content) } as PopoloFile;
  file.memberships = [
    ...file.memberships,
    ...inside(file.persons, "person_id"),
    ...inside(file.organizations, "organization_id"),
  ];
  return file;
}

function listIn(content: Entry, name: string, path: string): Entry[] {
  const list = content[name] ?? [];
  if (!Array.isArray(list)) throw new Error(`${path}: expected a list as ${name}`);
  const wrong = list.findIndex((one) => !isObject(one));
  if (wrong >= 0) throw new Error(`${path}: expected an object as ${name}[${wrong}]`);
  return list as Entry[];
}

function unreadIn(content: Entry): string[] {
  return Object.keys(content).filter(
    (name) => Array.isArray(content[name]) && !(LISTS as readonly string[]).includes(name),
  );
}

/** Returns the memberships inside of items, which name the item by their place. */
function inside(items: Entry[], by: string): Entry[] {
  return items.flatMap(({ id, memberships }) =>
    Array.isArray(memberships)
      ? memberships.filter(isObject).map((one) => ({ [by]: id, ...one }))
      : [],
  );
}

function isObject(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
