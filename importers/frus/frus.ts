import type { Run } from "../importer.js";
import { placeOf } from "../places.js";
import {
  type Document,
  type Facts,
  OFFICE_OF_THE_HISTORIAN,
  type Organization,
  type Person,
} from "../records.js";
import { bodyOf } from "./bodies.js";
import { documentOf, meetingOf, tenuresOf } from "./facts.js";
import { type Memorandum, memorandumIn, roughDateOf } from "./memorandum.js";
import { officeWordsOf, wordsOf } from "./names.js";
import type { OnRecord } from "./officials.js";
import { References } from "./references.js";
import { type Participant, type Speaker, unlisted } from "./participant.js";
import { rosterOf } from "./roster.js";
import type { Context, OtherLists } from "./sides.js";
import { turnsIn } from "./turns.js";
import { guessSides } from "./side-guesses.js";
import { guessed, hearersOf, type Sided, sideFields } from "./sided.js";
import { statementsOf } from "./statements.js";
import type { VolumeDocument } from "./tei.js";
import { type Where, whereIs } from "./towns.js";
import { PeopleOfMemoranda } from "./who.js";

/** A memorandum as a record: its document, what it says, and its plain text. */
export interface FrusRecord {
  document: Document;
  facts: Facts;
  text: string;
}

/** Who is an American official on record. */
type Officials = Map<Participant, OnRecord>;

/** The name of the corpus on the command line, and of its file of records. */
export const FRUS = "frus";

/** Imports the memoranda of conversation of volumes of Foreign Relations of the United States, a record each. */
export class FrusImport {
  private readonly people: PeopleOfMemoranda;
  /** Organizations that the next record defines, and the slugs of all. */
  private readonly organizations: Organization[] = [OFFICE_OF_THE_HISTORIAN];
  private readonly bodies = new Set<string>();

  constructor(
    private readonly run: Run,
    private readonly edition: string,
  ) {
    this.people = new PeopleOfMemoranda(run.people, run.tally);
  }

  /**
   * Returns the record of a document; null, and counted, if it is no memorandum that can be imported. `elsewhere` says for whom people act
   * by the other lists of the volume.
   */
  record(source: VolumeDocument, elsewhere: OtherLists): FrusRecord | null {
    const { tally } = this.run;
    const memorandum = memorandumIn(source);
    tally.rows++;
    const key = `${source.volume}-${source.id}`;
    if (!/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(key)) {
      tally.skip("its ids can't be a key", key);
      return null;
    }
    if (typeof memorandum === "string") {
      tally.skip(memorandum, key);
      return null;
    }
    const { when, otherDay, place, areSeveral, plain } = memorandum;
    if (when.startDate === null) tally.note("no date is printed", key);
    if (otherDay !== null)
      tally.note("the printed date is another than in the mark-up: the printed one", key);
    if (place === null) tally.note("no place is printed", key);
    if (areSeveral) tally.note("several conversations in one document: one meeting", key);
    const record = this.facts(memorandum, source, elsewhere);
    if (record === null) {
      tally.skip("the list of participants names nobody", key);
      return null;
    }
    return { document: documentOf(memorandum, this.edition), facts: record, text: plain.text };
  }

  private facts(
    memorandum: Memorandum,
    { persons }: VolumeDocument,
    elsewhere: OtherLists,
  ): Facts | null {
    const { tally } = this.run;
    const { key, place, plain } = memorandum;
    const date = roughDateOf(memorandum);
    const roster = rosterOf(memorandum, persons, elsewhere);
    for (const line of roster.unread)
      tally.note("a line of the list names nobody", `${key}: ${line.slice(0, 60)}`);
    const context = { date, china: roster.china, elsewhere };
    const officials: Officials = new Map();
    this.findOfficials(roster.participants, memorandum, date, officials);
    // Who is listed by an office alone may be called by name.
    const others = this.speaking(memorandum, roster.participants, persons, context);
    this.findOfficials(others, memorandum, date, officials);
    roster.participants.push(...others);
    const where = place === null ? null : whereIs(place, date);
    const sides = this.sides(roster.participants, officials, memorandum, date, where);
    if (sides.length === 0) return null;
    const places = place === null || !where ? [] : [placeOf(place, where.today)];
    if (places.length > 0 && where!.then === null)
      tally.note("in which country a place is, is not known", `${key}: ${place}`);
    const references = new References(roster.participants, context);
    const statements = statementsOf({
      memorandum,
      references,
      tally,
      speakerOf: (one) => one.as!,
      hearersOf: (one) => hearersOf(one.as!, sides),
    });
    const organizations = this.organizations.splice(0);
    return {
      ...(organizations.length > 0 && { organizations }),
      people: this.definitions(sides),
      ...(places.length > 0 && { places }),
      tenures: tenuresOf(sides, plain.text),
      meetings: [meetingOf({ memorandum, sides, places, country: where?.then ?? null })],
      ...(statements.length > 0 && { statements }),
    };
  }

  /** Finds those who speak in several turns and are not in the list of participants, but in that of persons. */
  private speaking(
    { key, body, plain }: Memorandum,
    participants: readonly Participant[],
    persons: VolumeDocument["persons"],
    context: Context & { elsewhere: OtherLists },
  ): Participant[] {
    const references = new References(participants, context);
    const unknown = turnsIn(body, references, plain.text).filter(
      ({ speaker }) => !("one" in speaker) && speaker.why === "NOBODY",
    );
    const found = new Map<string, Participant>();
    for (const { label, labelled } of unknown) {
      if (unknown.filter((other) => other.label === label).length < 2) continue;
      const one = unlisted(label, labelled, persons, context);
      if (one === null || found.has(one.listed!.id)) continue;
      found.set(one.listed!.id, one);
      this.run.tally.note(
        "someone who speaks is not in the list of participants",
        `${key}: ${label}`,
      );
    }
    return [...found.values()];
  }

  /** Finds the American officials on record, and the names by which the text may call those who are listed by an office alone. */
  private findOfficials(
    participants: readonly Participant[],
    { key, volume }: Memorandum,
    date: string,
    officials: Officials,
  ): void {
    for (const one of participants) {
      const found = this.people.official(one, volume, date, key);
      if (found === null) continue;
      officials.set(one, found);
      this.learnWords(one, found.slug);
    }
  }

  /** Finds out who each participant is; two items of one person, or with the same words, are one. */
  private sides(
    participants: readonly Participant[],
    officials: Officials,
    { key, volume }: Memorandum,
    date: string,
    where: Where | null,
  ): Sided[] {
    const { tally } = this.run;
    const seen = new Map<string, Sided>();
    for (const one of participants)
      one.side ??= guessed(one, officials.get(one) !== undefined, where);
    guessSides([...participants]);
    const found = participants.map(
      (one) => officials.get(one) ?? this.people.find(one, volume, date, key),
    );
    for (const [i, participant] of participants.entries()) {
      const who = found[i] ?? null;
      const { side: acts } = participant;
      const body = acts === null ? this.bodyOf(participant) : null;
      const side: Speaker = {
        ...(who && {
          person: who.slug,
          ...(who.certainty === "INFERRED" && { personCertainty: who.certainty }),
        }),
        ...sideFields(acts),
        ...(body !== null && { organization: body }),
        ...(!who && { description: participant.text.slice(0, 300) }),
      };
      if (acts === null && body === null)
        tally.note(
          "for whom a participant acts is not known",
          `${key}: ${participant.text.slice(0, 60)}`,
        );
      const same = who?.slug ?? JSON.stringify(side);
      participant.as = seen.get(same)?.side ?? side;
      if (!seen.has(same)) seen.set(same, { participant, side });
      else tally.note("a participant is listed twice", `${key}: ${participant.text.slice(0, 60)}`);
    }
    return [...seen.values()];
  }

  /** Returns the organization for which someone acts, and defines it once. */
  private bodyOf({ title, offices, group, listed }: Participant): string | null {
    const body = bodyOf(
      [officeWordsOf(title), ...offices],
      group?.text ?? null,
      listed?.about ?? "",
    );
    if (body === null) return null;
    if (!this.bodies.has(body.slug)) this.organizations.push(body);
    this.bodies.add(body.slug);
    return body.slug;
  }

  /** Adds the names on record of someone who is named by office alone, by which the text may call them. */
  private learnWords(participant: Participant, slug: string): void {
    if (participant.name !== null) return;
    const known = [...this.run.people.known.named(slug)];
    participant.words = new Set(known.flatMap(({ text }) => wordsOf(text)));
    participant.surname = known[0]?.surname ?? [];
  }

  private definitions(sides: readonly Sided[]): Person[] {
    return sides.flatMap(({ participant, side }) =>
      side.person ? (this.people.define(side.person, participant) ?? []) : [],
    );
  }
}
