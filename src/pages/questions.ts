import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { theCountry } from "../../explorer/src/explorer.js";
import { PROJECT } from "./project.js";
import type { Subject, Subjects } from "./subjects.store.js";

/** A question offered on the pages. */
export interface Question {
  /** The question in words, on one line. */
  title: string;
  /** The operation, with the question in a comment above it. */
  document: string;
  /** The address of the explorer's page that answers it; null if none does. */
  page: string | null;
}

/** One of `examples/`. */
export interface ExampleQuestion extends Question {
  /** The name of its file, without the ending. */
  file: string;
}

const EXAMPLES = join(PROJECT, "examples");

/** The explorer's pages that answer these examples; some kinds of questions have none. */
const PAGES: Record<string, string> = {
  "01-what-he-said-there": "/people/rajnath-singh?tab=said&place=vientiane",
  "05-a-meeting-in-order": "/meetings/singh-dong-vientiane-2024",
  "06-whom-he-met": "/people/rajnath-singh?tab=met",
  "07-on-the-sidelines": "/meetings/admm-plus-2024#tree",
  "08-what-they-said-together": "/with/IN/LA?tab=together",
  "09-on-a-countrys-behalf": "/countries/CN?tab=said",
  "10-countries-he-met-in-a-place": "/people/rajnath-singh?tab=met&place=vientiane",
  "12-said-to-a-community": "/meetings/indian-community-vientiane-2024",
  "16-where-was-it": "/meetings/modi-xi-brics-2024",
  "17-which-office": "/people/dong-jun",
  "18-agreements": "/countries/LA?tab=agreements",
  "19-nothing-on-record": "/people/khaled-nordin?tab=said",
  "20-who-acted-for-it": "/countries/LA?tab=people",
  "21-search-a-name": "/search?q=ASEAN",
  "22-search-a-misspelt-name": "/search?q=Rajnat+Sing",
  "30-by-topic": "/topics",
  "35-the-calendar-of-a-month": "/dates/2024-11?tab=met",
  "37-a-countrys-meetings": "/countries/IN?tab=met&facets=1",
  "40-when-two-countries-met": "/with/IN/CN",
  "44-who-is-only-described": "/people/rajnath-singh?tab=met",
};

/** The numbered questions of `examples/`, in order; the first is the headline. */
export function exampleQuestions(): ExampleQuestion[] {
  const files = readdirSync(EXAMPLES).filter((name) => name.endsWith(".graphql"));
  return files.sort().map((name) => {
    const document = readFileSync(join(EXAMPLES, name), "utf8");
    const [, title = name] = /^#(.*)\n/.exec(document) ?? [];
    const file = name.replace(".graphql", "");
    return { file, title: title.trim(), document, page: PAGES[file] ?? null };
  });
}

/** Questions like those in `examples/`, about the most frequent people, places and countries of a record; the first is the headline. */
export function questionsAbout(subjects: Subjects, examples: ExampleQuestion[]): Question[] {
  const { speaker, spokenFor, spokeTogether, meeting, guest, met } = subjects;
  const questions: Question[] = [];
  const offer = (file: string, name: string, title: string, keys: Record<string, string>) => {
    const example = examples.find((one) => one.file === file)!;
    questions.push(like(example, name, title.replace(/\s+/g, " "), keys));
  };

  if (speaker) {
    const { person, place } = speaker;
    const stem = `Which statements did ${person.name} make`;
    offer(
      "01-what-he-said-there",
      "WhatWasSaidThere",
      place ? `${stem} in ${place.name}?` : `${stem}?`,
      { "rajnath-singh": person.key, vientiane: place?.key ?? "" },
    );
  }
  if (guest) {
    offer("06-whom-he-met", "WhoWasMet", `Whom did ${guest.name} meet?`, {
      "rajnath-singh": guest.key,
    });
  }
  if (meeting) {
    offer("05-a-meeting-in-order", "AMeetingInOrder", `What was said at “${meeting.name}”?`, {
      "singh-dong-vientiane-2024": meeting.key,
    });
  }
  if (spokenFor) {
    const title = `Which statements were made on behalf of ${theCountry(spokenFor.name)}?`;
    offer("09-on-a-countrys-behalf", "OnACountrysBehalf", title, { CN: spokenFor.key });
  }
  if (spokeTogether) {
    const title = `What did ${both(spokeTogether)} say together?`;
    const [one, other] = spokeTogether;
    offer("08-what-they-said-together", "SaidTogether", title, { IN: one.key, LA: other.key });
  }
  if (met) {
    const title = `When did ${both(met)} meet?`;
    const [one, other] = met;
    offer("40-when-two-countries-met", "WhenTwoCountriesMet", title, {
      IN: one.key,
      CN: other.key,
    });
  }
  return questions;
}

/** Whether the example asks about these subjects already, so that the examples fit this record. */
export function isAbout({ document }: ExampleQuestion, { speaker }: Subjects): boolean {
  const { person, place } = speaker ?? {};
  return [person, place].every((subject) => document.includes(`"${subject?.key}"`));
}

/** Two countries in a sentence. */
function both([one, other]: [Subject, Subject]): string {
  return `${theCountry(one.name)} and ${theCountry(other.name)}`;
}

/** An example with its keys replaced, in its page's address too; a filter with an empty key is removed. */
function like(
  { document, page }: ExampleQuestion,
  name: string,
  title: string,
  keys: Record<string, string>,
): Question {
  const operation = document
    .replace(/^#.*\n/gm, "")
    .replace(/^query \w+/, `query ${name}`)
    .replace(/"([^"]*)"/g, (_, key: string) => JSON.stringify(keys[key] ?? key))
    .replace('filter: { places: [""] }, ', "");
  const address = page
    ?.replace(/[^/?&=]+/g, (part) => encodeURIComponent(keys[part] ?? part))
    .replace(/&place=$/, "");
  return { title, document: `# ${title}\n${operation}`, page: address ?? null };
}
