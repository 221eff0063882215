import { MeetingStatus } from "../meeting/meeting.enums.js";
import type { CheckContext, WarningRule } from "../records/check/record.rule.js";
import { type RecordPath, type Warning, warning } from "../records/record.faults.js";
import { textOfName } from "../records/record.naming.js";
import { isDaysBefore, type MaybeDate } from "../scalars/partial-date.compare.js";
import { identifierKey, CollectedPeople, nameKey } from "./person.collected.js";

/** One person does not have two slugs. Reported at the person whose first slug sorts later. */
function* peopleTwice({ record, names }: CheckContext): Generator<Warning> {
  const people = names.collected(CollectedPeople);
  for (const [i, person] of record.people.entries()) {
    const first = person.formerSlugs[0] ?? person.slug;
    const reported = new Set<string>();
    const spellings = [person.name, ...person.otherNames.map(textOfName)];
    const keys = [
      ...person.identifiers.map((id) => [identifierKey(id), `${id.scheme} ${id.value}`] as const),
      ...spellings.map(
        (name, at) => [nameKey(name, { isFull: at === 0 }), `name "${name}"`] as const,
      ),
    ];
    for (const [key, what] of keys) {
      for (const other of people.withKey(key)) {
        if (other >= first || reported.has(other) || people.areJudged(first, other)) continue;
        if (key?.startsWith("name ") && people.areDistinct(first, other)) continue;
        reported.add(other);
        const same = `perhaps the same person as "${other}", who has the same ${what}`;
        yield warning(
          "person-twice",
          ["people", i],
          `${same}; if so, merge them, else say that they are different: by an entry of "merges" or "different"`,
        );
      }
    }
  }
}

/** Nobody takes part or speaks after their death. */
function* afterDeath(context: CheckContext): Generator<Warning> {
  const { record } = context;
  for (const [i, { status, startDate, participations }] of record.meetings.entries()) {
    // The death of a participant may be why it was cancelled.
    if (status === MeetingStatus.PLANNED || status === MeetingStatus.CANCELLED) continue;
    for (const [j, { person }] of participations.entries())
      yield* dead(context, ["meetings", i, "participations", j, "person"], person, startDate);
  }
  for (const [i, { date, speakers }] of record.statements.entries())
    for (const [j, { person }] of speakers.entries())
      yield* dead(context, ["statements", i, "speakers", j, "person"], person, date);
}

function* dead(
  { names, firstKey }: CheckContext,
  path: RecordPath,
  person: string | null | undefined,
  date: MaybeDate,
): Generator<Warning> {
  if (!person || !date) return;
  const death = names.collected(CollectedPeople).deathOf(person, firstKey);
  if (isDaysBefore(death, date))
    yield warning("after-death", path, `${date} is after the death of "${person}" (${death})`);
}

/** Rules about people. */
export const personWarnings: WarningRule[] = [peopleTwice, afterDeath];
