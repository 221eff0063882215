import type { Passage } from "../records/anchor/record.quote.js";
import type { SourceText } from "../records/check/record.text.js";
import { isOpenLicence } from "../source/open-licence.js";
import { countriesIn, isCountryWord } from "./countries.js";
import { Dates } from "./dates.js";
import { type DraftItem, draftKnown, draftPerson, some } from "./draft.items.js";
import { documentOf, headOf, looksEnglish, newPlace } from "./draft.head.js";
import { draftStatements } from "./draft.statements.js";
import { draftMeeting, draftTurns, peopleOf } from "./draft.conversation.js";
import { draftTenures } from "./draft.tenures.js";
import { type Frame, frameOf } from "./frame.js";
import { type ReportedMeeting, reportedMeetings } from "./reported-meetings.js";
import { type NameInText, type NameLookUp, namesInText, namesOfPeople } from "./names-in-text.js";
import type { ListedParticipant } from "./participants.js";
import { type NamedPerson, People } from "./people.js";
import { quotationsOnly } from "./quotations-only.js";
import { Sides } from "./sides.js";
import { type Report, type Speech, SpeechFinder } from "./speech.js";
import { type Conversation, conversationIn } from "./turns.js";

/** What the caller knows of a text. */
export interface DraftOptions {
  key: string;
  /** Whether the key was chosen, not derived from the file's name. */
  isKeyChosen: boolean;
  /** BCP 47; by default recognized: English or not. */
  language?: string;
  licence?: string;
  /** When it was published, `YYYY-MM-DD`. */
  date?: string;
  /** Finds names on record. */
  lookUp: NameLookUp;
}

/** A drafted record, and what it was drafted from. */
export interface Draft {
  record: DraftItem;
  frame: Frame;
  speeches: Speech[];
  reports: Report[];
  names: NameInText[];
  countries: string[];
  isEnglish: boolean;
  /** The headers and labelled turns, where the text is a note or a transcript of a conversation in English. */
  conversation: Conversation | null;
  /** Whether the licence lifts the limits on words. */
  isOpen: boolean;
}

/** Drafts the record of a text. What only a person can decide is a todo. */
export async function draftRecord(source: SourceText, options: DraftOptions): Promise<Draft> {
  const text = source.words;
  const read = await readText(text, options);
  const { frame, names, head, dates, language, isEnglish, conversation, speeches, reports } = read;
  const isOpen = isOpenLicence(options.licence);
  const drafted = draftPeople(read);
  const slugOfPerson = (person: NamedPerson) => drafted.get(person)!.slug;
  const conversing = {
    text,
    language,
    isOpen,
    key: options.key,
    title: head.title,
    dates,
    slugOfParticipant: (one: ListedParticipant) => {
      const person = read.listed.get(one);
      return person === undefined ? null : slugOfPerson(person);
    },
  };
  const saying = {
    text,
    language,
    isOpen,
    slugOfPerson,
    sides: new Sides(frame),
    dateOf: (sentence: Passage) =>
      isEnglish ? dates.ofSaying(frame.masked, sentence, head.published?.date ?? null) : null,
  };
  const record: DraftItem = {
    format: "communique-record/1",
    document: documentOf(source, { ...options, language }, head),
    ...some("people", [...drafted.values()]),
    ...some("places", [...draftKnown(names, "PLACE", text), ...newPlace(head.dateline, names)]),
    ...some("organizations", draftKnown(names, "ORGANIZATION", text)),
    ...some("tenures", draftTenures([...drafted.keys()], slugOfPerson)),
    ...some("meetings", [
      ...(conversation ? draftMeeting(conversing, conversation) : []),
      ...read.meetings.map(draftReportedMeeting),
    ]),
    ...some("statements", [
      ...(conversation ? draftTurns(conversing, conversation) : []),
      ...draftStatements(saying, speeches, reports),
    ]),
  };
  const countries = isEnglish ? [...new Set(countriesIn(text).map(({ code }) => code))] : [];
  return { record, frame, speeches, reports, names, countries, isEnglish, conversation, isOpen };
}

/** What a text says, as found in it: nothing is drafted yet. */
type Reading = Awaited<ReturnType<typeof readText>>;

/** Reads a text: who and what is named in it, who says what, and who meets whom. */
async function readText(text: string, options: DraftOptions) {
  const language = options.language ?? (looksEnglish(text) ? "en" : "und");
  const isEnglish = /^en\b/i.test(language);
  const frame = frameOf(text);
  const names = await namesInText(text, options.lookUp);
  const dates = new Dates();
  const head = headOf(text, frame, isEnglish ? dates : null, options.date);
  const { people, ...said } = isEnglish ? inEnglish(frame, names) : quotationsOnly(frame, names);
  const conversation = isEnglish ? conversationIn(text, frame.paragraphs) : null;
  // The headers and turns of a conversation are not read again as quotations and reports.
  const isElse = (at: number) =>
    conversation === null ||
    (at >= conversation.body &&
      conversation.read.every(({ start, end }) => at < start || at >= end));
  const speeches = said.speeches.filter(({ inner }) => isElse(inner.start));
  const reports = said.reports.filter(({ sentence }) => isElse(sentence.start));
  const meetings = reportedMeetings(frame, people).filter(({ sentence }) => isElse(sentence.start));
  const listed = conversation
    ? peopleOf(conversation, people.mentions)
    : new Map<ListedParticipant, NamedPerson>();
  const met = meetings.flatMap((one) => one.people.map(({ person }) => person));
  // Those on record first: their slugs are taken.
  const named = [
    ...new Set([
      ...listed.values(),
      ...namedPeople(people, [...speeches, ...reports], met, isElse),
    ]),
  ];
  return {
    ...{ language, isEnglish, frame, names, dates, head },
    ...{ conversation, speeches, reports, meetings, listed, named },
  };
}

/** Drafts the people that are named, each with a slug of their own. */
function draftPeople({ named, names }: Reading) {
  const stored = names.flatMap(({ items }) => items);
  const taken = new Set<string>();
  return new Map(named.map((person) => [person, draftPerson(person, stored, taken)]));
}

function draftReportedMeeting({ sentence, people: [one, other] }: ReportedMeeting): DraftItem {
  return {
    citations: [sentence],
    todo: `The text says here that ${one.person.name} met or spoke with ${other.person.name}. Fill in the meeting, or leave it out.`,
  };
}

function inEnglish(frame: Frame, names: readonly NameInText[]) {
  const known = namesOfPeople(names);
  const others = new Set(
    names
      .filter(({ items }) => items.every(({ kind }) => kind !== "PERSON"))
      .map(({ start, end }) => frame.text.slice(start, end)),
  );
  const people = new People(
    frame.masked,
    known,
    (words) => isCountryWord(words) || others.has(words),
  );
  const finder = new SpeechFinder(frame, people);
  return { people, speeches: finder.speeches, reports: finder.reports };
}

/** Returns the people to draft: on record, surely people, or speaking. */
function namedPeople(
  people: People,
  said: readonly (Speech | Report)[],
  met: readonly NamedPerson[],
  isElse: (at: number) => boolean,
): NamedPerson[] {
  const mentioned = new Set(
    people.mentions.flatMap(({ start, person }) => (isElse(start) ? [person] : [])),
  );
  const needed = new Set([...said.flatMap(({ speaker }) => speaker?.person ?? []), ...met]);
  const named = [...people.all].filter(
    (person) => (person.isSure && mentioned.has(person)) || needed.has(person),
  );
  return named.sort((a, b) => Number(b.slugs.length === 1) - Number(a.slugs.length === 1));
}
