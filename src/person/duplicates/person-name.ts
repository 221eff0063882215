import { wordsOf } from "./name-spelling.js";

/** A given name or an initial. */
export interface GivenName {
  text: string;
  /** Whether it follows `bin` or the like: the name of the father, not of the person. */
  isFathers: boolean;
}

/** One way to read a name. A name of which it is not known what is the family name has two. */
export interface PersonName {
  /** The words of the family name without `de`, `von`, `al-`; never empty. */
  family: string[];
  /** The whole family name in one word: `degaulle`. */
  wholeFamily: string;
  /** In the order of the name; may be empty. */
  given: GivenName[];
  /** All words of the name that count. */
  words: string[];
  /** `jr`, `sr`, `ii`, `iii` or `iv`; null if the name has none. */
  generation: string | null;
  gender: "female" | "male" | null;
  /** Whether the record gives the family name, or it is taken to be the first or the last word. */
  order: Order;
}

type Order = "known" | "first" | "last";

/** The names of a person, as the record has them. */
export interface NamedPerson {
  name: string;
  sortName: string;
  otherNames: string[];
}

const GENERATIONS: Record<string, string> = { junior: "jr", senior: "sr" };
for (const one of ["jr", "sr", "ii", "iii", "iv"]) GENERATIONS[one] = one;
const FEMALE = "mrs ms miss dame lady madame mme queen princess baroness sheikha".split(" ");
const MALE = "mr sir lord king prince sultan baron sheikh shaykh sheik emir amir".split(" ");
const TITLES = new Set([
  ...FEMALE,
  ...MALE,
  ..."dr prof professor hon rt general gen lt col colonel maj capt captain admiral adm brig brigadier lieutenant commander marshal generalissimo archbishop rev comrade dato".split(
    " ",
  ),
]);
const PARTICLES = new Set(
  "de del la le van von der den da di du dos das y e zu ter ten al el ul".split(" "),
);
const SON_OF = new Set(["bin", "ibn", "ben", "bint", "ould"]);
/** The maximum number of readings of a person's names that are compared. */
const MAX_READINGS = 16;

/** Reads all names of a person; the first is that of the sort name. */
export function readNames({ name, sortName, otherNames }: NamedPerson): PersonName[] {
  const sorted = readSortName(sortName);
  const families = sorted.map(({ family }) => family.join(" "));
  const others = [name, ...otherNames].flatMap((text) =>
    text.includes(",") ? readSortName(text) : readFullName(text, families),
  );
  const readings = new Map<string, PersonName>();
  for (const one of [...sorted, ...others]) {
    const key = JSON.stringify([one.family, one.given, one.generation]);
    if (!readings.has(key) && readings.size < MAX_READINGS) readings.set(key, one);
  }
  return [...readings.values()];
}

/** Reads `Floe, Ada, Jr.`; without a comma, the family name is first or last. */
function readSortName(text: string): PersonName[] {
  const [before, ...after] = text.split(",");
  if (after.length === 0) return readFullName(text, []);
  return [nameOf(wordsOf(before!), wordsOf(after.join(" ")), "known")].filter(
    (one) => one !== null,
  );
}

/** Reads a name of which the family name is one of these, else its last or its first word. */
function readFullName(text: string, families: string[]): PersonName[] {
  const words = wordsOf(text);
  const [core, ending] = withoutGeneration(words);
  const known = families
    .map((family) => family.split(" "))
    .flatMap((family) => [core.length - family.length, 0].map((at) => [at, family] as const))
    .find(([at, family]) => at >= 0 && family.every((word, i) => word === core[at + i]));
  const cut = (from: number, to: number, order: Order) =>
    nameOf(core.slice(from, to), [...core.slice(0, from), ...core.slice(to), ...ending], order);
  const readings = known
    ? [cut(known[0], known[0] + known[1].length, "known")]
    : core.length < 2
      ? [nameOf(core, ending, "known")]
      : [cut(0, 1, "first"), cut(core.length - 1, core.length, "last")];
  return readings.filter((one) => one !== null);
}

/** Puts a name together from the words of its family name and all others. */
function nameOf(familyWords: string[], otherWords: string[], order: Order): PersonName | null {
  const [familyCore, ending] = withoutGeneration(familyWords);
  const [words, generation] = withoutGeneration([...otherWords, ...ending]);
  const family = withoutAny(withoutAny(familyCore, PARTICLES), SON_OF);
  if (family.length === 0) return null;
  const given: GivenName[] = [];
  const titles: string[] = [];
  let isFathers = false;
  for (const [i, word] of words.entries()) {
    const isLast = i === words.length - 1;
    if (given.length === 0 && TITLES.has(word)) titles.push(word);
    else if (SON_OF.has(word) && (given.length > 0 || (!isLast && word !== "ben")))
      isFathers = true;
    else if (PARTICLES.has(word) && word.length > 1 && words.length > 1) continue;
    else {
      given.push({ text: word, isFathers });
      isFathers = false;
    }
  }
  return {
    family,
    wholeFamily: familyCore.join(""),
    given,
    words: [...family, ...given.map(({ text }) => text)],
    generation: generation.map((one) => GENERATIONS[one]!)[0] ?? null,
    gender: titles.some((one) => FEMALE.includes(one))
      ? "female"
      : titles.some((one) => MALE.includes(one))
        ? "male"
        : null,
    order,
  };
}

/** Splits off `Jr.` and the like, wherever they stand but for the first word. */
function withoutGeneration(words: string[]): [words: string[], generation: string[]] {
  const isGeneration = (word: string, i: number) =>
    GENERATIONS[word] !== undefined && (i > 0 || words.length === 1);
  return [words.filter((word, i) => !isGeneration(word, i)), words.filter(isGeneration)];
}

function withoutAny(words: string[], some: ReadonlySet<string>): string[] {
  const rest = words.filter((word) => !some.has(word));
  return rest.length > 0 ? rest : words;
}
