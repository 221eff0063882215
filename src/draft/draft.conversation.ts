import type { NamedPerson } from "./people.js";
import { text as textSchema } from "../records/record.values.js";
import type { Dates } from "./dates.js";
import { type DraftItem, slugOf, some, takeSlug } from "./draft.items.js";
import type { ListedParticipant } from "./participants.js";
import type { Conversation, LabelledTurn } from "./turns.js";

// `todo` is a property of the record format (records/record.todo.ts): what a person has yet to decide about a draft, in words. `check` lists
// it, and a record that has one isn't loaded.

/** What a conversation is drafted from. */
export interface ConversationSource {
  text: string;
  key: string;
  title: string | null;
  language: string;
  /** Whether the licence of the text allows its words to be given. */
  isOpen: boolean;
  /** The slug of a participant who is named. */
  slugOfParticipant: (one: ListedParticipant) => string | null;
  dates: Dates;
}

/** The maximum length of a statement that is drafted with its words, in characters. */
const LONGEST = 10_000;
const DAY =
  /(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}/u;

/** Drafts the meeting of a conversation from its headers; none where no list says who took part. */
export function draftMeeting(source: ConversationSource, conversation: Conversation): DraftItem[] {
  const { participants, date, place } = conversation;
  if (participants.length === 0) return [];
  const { text } = source;
  const words = date && DAY.exec(text.slice(date.start, date.end))?.[0];
  const day = words ? source.dates.in(words, null) : null;
  const cited = [date, place].filter((one) => one !== null);
  return [
    {
      slug: meetingSlug(source),
      title: source.title ?? "Conversation",
      status: "HELD",
      ...(day === null ? {} : { startDate: day.date }),
      participations: participants.map((one) => participation(source, one)),
      citations: (cited.length > 0 ? cited : [participants[0]!]).map(({ start, end }) => ({
        start,
        end,
      })),
      todo: [
        "Drafted from the headers of the text: check its title, and say of what kind it is.",
        day === null ? "Say when it was." : "",
        place === null
          ? "Say where it was."
          : `Say where it was (places, placeCountry): the text gives it at ${place.start}.`,
      ]
        .filter(Boolean)
        .join(" "),
    },
  ];
}

/** The meeting has the key of its document, with hyphens. */
function meetingSlug({ key }: ConversationSource): string {
  return slugOf(key) || "conversation";
}

function participation(source: ConversationSource, one: ListedParticipant): DraftItem {
  const { start, end, role, side } = one;
  return {
    ...sideOf(source, one),
    ...(role === "PARTICIPANT" ? {} : { role }),
    citations: [{ start, end }],
    ...(side === null
      ? { todo: "The list does not say for which country. Say so if the text does." }
      : {}),
  };
}

function sideOf({ text, slugOfParticipant }: ConversationSource, one: ListedParticipant) {
  const slug = slugOfParticipant(one);
  const words = text.slice(one.start, one.end).slice(0, 300);
  return {
    ...(slug === null ? { description: words } : { person: slug }),
    ...(one.side === null
      ? {}
      : {
          country: one.side.country,
          ...(one.side.certainty === "INFERRED" ? { countryCertainty: "INFERRED" } : {}),
        }),
  };
}

/** Drafts the turns of a conversation, each a statement to the letter with its passage; without an open licence no words. */
export function draftTurns(source: ConversationSource, conversation: Conversation): DraftItem[] {
  const keys = new Set<string>();
  const isTranscript = /\btranscript|\bverbatim\b/iu.test(source.title ?? "");
  const hasMeeting = conversation.participants.length > 0;
  return conversation.turns.map((turn) => {
    const { start, end, label } = turn;
    const words = source.text.slice(start, end);
    const cannot = whyNot(words, source.isOpen);
    const { speaker, todo } = speakerOf(source, turn);
    const todos = [cannot, todo].filter((one) => one !== null);
    return {
      key: takeSlug(
        keys,
        `turn-${slugOf(label) || "of-nobody"}-${slugOf(words).slice(0, 30).replace(/-$/, "")}`.replace(
          /-$/,
          "",
        ),
      ),
      ...(cannot === null ? { text: words } : {}),
      form: isTranscript ? "VERBATIM" : "RECORDED",
      speech: "DIRECT",
      language: source.language,
      ...(hasMeeting ? { meeting: meetingSlug(source) } : {}),
      ...some("speakers", speaker === null ? [] : [speaker]),
      citations: [{ start, end }],
      ...(todos.length > 0 ? { todo: todos.join(" ") } : {}),
    };
  });
}

/** Returns why a record can't hold the words of a turn; null if it can. */
function whyNot(words: string, isOpen: boolean): string | null {
  if (!isOpen)
    return "Without an open licence the words of an account can't be given: give a summary in your own words (form REPORTED), or leave it out.";
  if (words.length > LONGEST)
    return `The turn has more than ${LONGEST} characters: give parts of it.`;
  return textSchema().safeParse(words).success ? null : "These words can't be stored; give a part.";
}

function speakerOf(source: ConversationSource, { label, meant }: LabelledTurn) {
  if (meant.length === 1) return { speaker: sideOf(source, meant[0]!), todo: null };
  const names = meant.flatMap(({ name }) => name ?? []).slice(0, 10);
  const todo =
    meant.length > 1
      ? `The label may mean several participants: ${names.join("; ")}. Say who speaks.`
      : "Nobody in the list of participants has this label. Say who speaks.";
  const isText = textSchema().safeParse(label).success;
  return { speaker: isText ? { description: label } : null, todo };
}

/** Returns the people of a conversation: those that the rest of the text names, too, or new ones. */
export function peopleOf(
  conversation: Conversation,
  mentions: readonly { start: number; end: number; person: NamedPerson }[],
): Map<ListedParticipant, NamedPerson> {
  const found = new Map<ListedParticipant, NamedPerson>();
  for (const one of conversation.participants) {
    const { name, start, end } = one;
    if (name === null || !textSchema().safeParse(name).success) continue;
    const known = mentions.find(
      (mention) =>
        mention.start >= start &&
        mention.end <= end &&
        (mention.person.slugs.length > 0 || mention.person.name === name),
    )?.person;
    const person = known ?? {
      name,
      spellings: new Set([name]),
      slugs: [],
      isSure: true,
      roles: new Set<string>(),
    };
    found.set(one, person);
  }
  return found;
}
