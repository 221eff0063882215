import type { Facts, Meeting } from "../records.js";
import type { Tally } from "../tally.js";
import type { Entry, PopoloFile } from "./popolo.file.js";
import type { DatasetOptions, Nouns, SlugsById } from "./popolo.nouns.js";
import { citationsOf, dateIn, nameIn, objectsIn, Slugs, textIn, timeIn } from "./popolo.values.js";

type Tenure = NonNullable<Facts["tenures"]>[number];
type Statement = NonNullable<Facts["statements"]>[number];

/** What facts are made of beside the file. */
export interface FactOptions extends DatasetOptions {
  /** BCP 47, of speeches. */
  language: string;
  /** Whether the licence lets words be kept whole. */
  isOpen: boolean;
}

/** The longest speech that a statement can hold, in UTF-16 code units. */
const LONGEST_SPEECH = 50_000;

/** Maps memberships: a person's is a tenure. */
export function tenuresOf(
  { memberships, posts }: PopoloFile,
  { slugs }: Nouns,
  { country }: DatasetOptions,
  tally: Tally,
): Tenure[] {
  const keys = new Map<string, Slugs>();
  const titles = new Map(
    posts.map((post) => [textIn(post, "id"), nameIn(post, "role") ?? nameIn(post, "label")]),
  );
  return memberships.flatMap((entry, i) => {
    tally.rows++;
    const at = `memberships/${textIn(entry, "id") ?? i}`;
    const person = slugs.people.get(textIn(entry, "person_id") ?? "");
    if (person === undefined) {
      tally.skip("memberships: of nobody in the file", at);
      return [];
    }
    const body = textIn(entry, "organization_id");
    const organization = body === null ? undefined : slugs.organizations.get(body);
    if (organization === undefined) tally.note("memberships: in no organization of the file", at);
    for (const property of ["on_behalf_of_id", "area_id", "legislative_period_id"])
      if (textIn(entry, property) !== null) tally.note(`memberships: no place for ${property}`, at);
    const post = titles.get(textIn(entry, "post_id"));
    const given = nameIn(entry, "role") ?? post ?? nameIn(entry, "label");
    const startDate = dateIn(entry, "start_date", at, tally);
    const endDate = dateIn(entry, "end_date", at, tally);
    const isReversed =
      startDate !== null && endDate !== null && endDate < startDate.slice(0, endDate.length);
    if (isReversed) tally.note("memberships: ends before it starts, so it has no dates", at);
    const label = textIn(entry, "id") ?? [organization, given, startDate].filter(Boolean).join("-");
    let of = keys.get(person);
    if (!of) keys.set(person, (of = new Slugs(`${person}/`)));
    return [
      {
        key: of.give(label, String(i)),
        person,
        // A membership without a role is no more than that.
        title: given ?? "member",
        ...(given === null && { certainty: "INFERRED" as const }),
        ...(country !== null && { country }),
        ...(organization !== undefined && { organization }),
        startDate: isReversed ? null : startDate,
        endDate: isReversed ? null : endDate,
        citations: citationsOf(entry, at),
      },
    ];
  });
}

/** Events that are a span of time or a vote, and no meeting. */
const NO_MEETING = /legislative period|term|election|referendum/i;

/** The kinds of meetings, by words of an event's classification. */
const KINDS: readonly (readonly [RegExp, Meeting["kind"]])[] = [
  [/session|sitting|debate|hearing/i, "SESSION"],
  [/summit/i, "SUMMIT"],
  [/bilateral/i, "BILATERAL"],
  [/multilateral|conference/i, "MULTILATERAL"],
  [/press/i, "PRESS_EVENT"],
  [/visit/i, "VISIT"],
];

/** Maps events: those that people hold are meetings. Returns the meetings, and their slugs by the events' ids. */
export function meetingsOf(
  { events }: PopoloFile,
  { slugs }: Nouns,
  { key }: DatasetOptions,
  tally: Tally,
): { meetings: Meeting[]; slugsOfMeetings: SlugsById } {
  const given = new Slugs(`${key.replace(/[/.]/g, "-")}-`);
  const byId = new Map<string, string>();
  const kept = events.flatMap((entry, i) => {
    tally.rows++;
    const id = textIn(entry, "id");
    const at = `events/${id ?? i}`;
    const title = textIn(entry, "name");
    const classification = textIn(entry, "classification") ?? "";
    if (NO_MEETING.test(classification))
      tally.skip("events: a period or a vote, and no meeting", at);
    else if (title === null) tally.skip("events: has no name", at);
    else if (id !== null && byId.has(id)) tally.skip("has the id of another one", at);
    else {
      const slug = given.give(title, id ?? String(i));
      if (id !== null) byId.set(id, slug);
      return [{ entry, at, title, slug, classification }];
    }
    return [];
  });
  const meetings = kept.map(({ entry, at, title, slug, classification }): Meeting => {
    const place = slugs.places.get(textIn(entry, "area_id") ?? "");
    if (textIn(entry, "location") !== null) tally.note("events: no place for location", at);
    const parent = byId.get(textIn(entry, "parent_id") ?? "");
    const convener = slugs.organizations.get(textIn(entry, "organization_id") ?? "");
    const status = textIn(entry, "status")?.toUpperCase() ?? "";
    const startDate = dateIn(entry, "start_date", at, tally);
    const endDate = dateIn(entry, "end_date", at, tally);
    const startTime = timeIn(entry, "start_date");
    return {
      slug,
      title,
      kind: KINDS.find(([words]) => words.test(classification))?.[1] ?? "OTHER",
      coverage: "REPORTED",
      ...(/^CANCEL/.test(status) && { status: "CANCELLED" as const }),
      startDate,
      endDate: endDate !== null && startDate !== null && endDate < startDate ? null : endDate,
      ...(startTime !== null && startDate !== null && { startTime }),
      ...(place !== undefined && { places: [place] }),
      ...(convener !== undefined && { convener }),
      ...(parent !== undefined &&
        parent !== slug && { parent, parentRelation: "PART_OF" as const }),
      participations: attendeesOf(entry, at, slugs, tally),
      citations: citationsOf(entry, at),
    };
  });
  return { meetings, slugsOfMeetings: byId };
}

function attendeesOf(
  entry: Entry,
  at: string,
  slugs: Nouns["slugs"],
  tally: Tally,
): NonNullable<Meeting["participations"]> {
  const seen = new Set<string>();
  return objectsIn(entry, "attendees").flatMap((attendee) => {
    const id = textIn(attendee, "id") ?? textIn(attendee, "person_id") ?? "";
    const person = slugs.people.get(id);
    const organization = person === undefined ? slugs.organizations.get(id) : undefined;
    const description = nameIn(attendee);
    const side = person ?? organization ?? description;
    if (side === null || seen.has(side)) {
      tally.note("events: an attendee who is named by nothing, or twice", at);
      return [];
    }
    seen.add(side);
    const named =
      person !== undefined
        ? { person }
        : organization !== undefined
          ? { organization }
          : { description };
    return [{ ...named, citations: [{ locator: at }] }];
  });
}

/** Maps speeches: their words are statements, where the licence lets them be kept. */
export function statementsOf(
  { speeches }: PopoloFile,
  { slugs }: Nouns,
  slugsOfMeetings: SlugsById,
  { language, isOpen }: FactOptions,
  tally: Tally,
): Statement[] {
  const keys = new Slugs("speech-");
  return speeches.flatMap((entry, i) => {
    tally.rows++;
    const id = textIn(entry, "id");
    const at = `speeches/${id ?? i}`;
    const type = textIn(entry, "type") ?? "speech";
    const text = textIn(entry, "text", LONGEST_SPEECH);
    const person = slugs.people.get(textIn(entry, "creator_id") ?? "");
    const description = nameIn(entry, "attribution_text") ?? nameIn(entry, "creator_name");
    const refusal = !/^(?:speech|question|answer)$/i.test(type)
      ? "speeches: not words of a speaker"
      : !isOpen
        ? "speeches: words are only kept under an open licence"
        : text === null
          ? "speeches: without words, or with more than 50,000 characters"
          : person === undefined && description === null
            ? "speeches: of nobody who is named"
            : null;
    if (refusal !== null) {
      tally.skip(refusal, at);
      return [];
    }
    if (text!.includes("</")) tally.note("speeches: words with HTML in them", at);
    const meeting = slugsOfMeetings.get(textIn(entry, "event_id") ?? "");
    const date = dateIn(entry, "start_date", at, tally) ?? dateIn(entry, "date", at, tally);
    const audience = textIn(entry, "audience");
    return [
      {
        key: keys.give(id ?? String(i), String(i)),
        text: text!,
        form: "VERBATIM",
        language,
        ...(date !== null && { date }),
        ...(meeting !== undefined && { meeting }),
        speakers: [person !== undefined ? { person } : { description }],
        ...(audience !== null && { audience }),
        citations: citationsOf(entry, at),
      },
    ];
  });
}
