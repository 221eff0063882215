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
import { reportedMeetings } from "./reported-meetings.js";
import { type NameInText, type NameLookUp, namesInText } from "./names-in-text.js";
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
  const language = options.language ?? (looksEnglish(text) ? "en" : "und");
  const isEnglish = /^en\b/i.test(language);
  const frame = frameOf(text);
  const names = await namesInText(text, options.lookUp);
  const dates = new Dates();
  const head = headOf(text, frame, isEnglish ? dates : null, options.date);
  const { people, ...said } = isEnglish ? inEnglish(frame, names) : quotationsOnly(frame, names);
  const conversation = isEnglish ? conversationIn(text, frame.paragraphs) : null;
  const isOpen = isOpenLicence(options.licence);
  // The headers and turns of a conversation are not read again as quotations and reports.
  const isElse = (at: number) =>
    conversation === null ||
    (at >= conversation.body &&
      conversation.read.every(({ start, end }) => at < start || at >= end));
  const speeches = said.speeches.filter(({ inner }) => isElse(inner.start));
  const reports = said.reports.filter(({ sentence }) => isElse(sentence.start));
  const listed = conversation
    ? peopleOf(conversation, people.mentions)
    : new Map<ListedParticipant, NamedPerson>();
  const taken = new Set<string>();
  const stored = names.flatMap(({ items }) => items);
  // Those on record first: their slugs are taken.
  const meetings = reportedMeetings(frame, people).filter(({ sentence }) => isElse(sentence.start));
  const needed = meetings.flatMap((one) => one.people.map(({ person }) => person));
  const named = [
    ...new Set([
      ...listed.values(),
      ...namedPeople(people, [...speeches, ...reports], needed, isElse),
    ]),
  ];
  const drafted = new Map(named.map((person) => [person, draftPerson(person, stored, taken)]));
  const conversing = {
    text,
    language,
    isOpen,
    key: options.key,
    title: head.title,
    dates,
    slugOfParticipant: (one: ListedParticipant) => {
      const person = listed.get(one);
      return person === undefined ? null : drafted.get(person)!.slug;
    },
  };
  const record: DraftItem = {
    format: "communique-record/1",
    document: documentOf(source, { ...options, language }, head),
    ...some("people", [...drafted.values()]),
    ...some("places", [...draftKnown(names, "PLACE", text), ...newPlace(head.dateline, names)]),
    ...some("organizations", draftKnown(names, "ORGANIZATION", text)),
    ...some(
      "tenures",
      draftTenures(named, (person) => drafted.get(person)!.slug),
    ),
    ...some("meetings", [
      ...(conversation ? draftMeeting(conversing, conversation) : []),
      ...meetings.map(({ sentence, people: [one, other] }) => ({
        citations: [sentence],
        todo: `The text says here that ${one.person.name} met or spoke with ${other.person.name}. Fill in the meeting, or leave it out.`,
      })),
    ]),
    ...some("statements", [
      ...(conversation ? draftTurns(conversing, conversation) : []),
      ...draftStatements(
        {
          text,
          language,
          isOpen,
          slugOfPerson: (person) => drafted.get(person)!.slug,
          sides: new Sides(frame),
          dateOf: (sentence) =>
            isEnglish ? dates.ofSaying(frame.masked, sentence, head.published?.date ?? null) : null,
        },
        speeches,
        reports,
      ),
    ]),
  };
  const countries = isEnglish ? [...new Set(countriesIn(text).map(({ code }) => code))] : [];
  return { record, frame, speeches, reports, names, countries, isEnglish, conversation, isOpen };
}

function inEnglish(frame: Frame, names: readonly NameInText[]) {
  const known = names
    .map(({ start, end, items }) => ({
      start,
      end,
      slugs: items.filter(({ kind }) => kind === "PERSON").map(({ slug }) => slug),
    }))
    .filter(({ slugs }) => slugs.length > 0);
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
