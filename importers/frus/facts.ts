import { createHash } from "node:crypto";
import {
  type Document,
  type Facts,
  type Meeting,
  OFFICE_OF_THE_HISTORIAN,
  type Participation,
  type Place,
  slugOf,
} from "../records.js";
import type { Memorandum } from "./memorandum.js";
import { officeWordsOf } from "./names.js";
import { isBureau, officeNamed } from "./office-words.js";
import type { Sided } from "./sided.js";
import { strip } from "./strings.js";

/** Where history.state.gov shows a document. */
const SITE = "https://history.state.gov/historicaldocuments";
/** The longest title of a document, meeting or office that is written. */
const LONGEST = 300;

type Tenure = NonNullable<Facts["tenures"]>[number];

/** Builds the document of a memorandum; another edition of its text is another document of the same conversation. */
export function documentOf(
  { key, volume, id, title, when, plain }: Memorandum,
  edition: string,
): Document {
  return {
    key: edition === "" ? key : `${key}.${slugOf(edition)}`,
    kind: "MEMORANDUM",
    title: title.slice(0, LONGEST),
    publisher: OFFICE_OF_THE_HISTORIAN.name,
    issuer: OFFICE_OF_THE_HISTORIAN.slug,
    url: `${SITE}/${volume}/${id}`,
    language: "en",
    licence: "public-domain",
    ...(when.startDate !== null && { datePublished: when.startDate }),
    sha256: createHash("sha256").update(plain.text).digest("hex"),
  };
}

/** Builds the conversation that a memorandum reports. */
export function meetingOf({
  memorandum,
  sides,
  places,
  country,
}: {
  memorandum: Memorandum;
  sides: readonly Sided[];
  places: readonly Place[];
  country: string | null;
}): Meeting {
  const { key, when, head, dated, isCall, plain } = memorandum;
  const cited = dated === head ? [head] : [head, dated].sort((a, b) => a.start - b.start);
  return {
    slug: key,
    title: titleOf(memorandum, sides),
    kind: kindOf(sides),
    status: "HELD",
    mode: isCall ? "CALL" : "IN_PERSON",
    coverage: "REPORTED",
    ...(when.startDate !== null && { startDate: when.startDate }),
    ...(when.endDate !== null && { endDate: when.endDate }),
    ...(when.startTime !== null && { startTime: when.startTime }),
    ...(when.endTime !== null && { endTime: when.endTime }),
    ...(places.length > 0 && { places: places.map(({ slug }) => slug) }),
    ...(country !== null && { placeCountry: country }),
    participations: sides.map(({ participant: { role, start, end }, side }): Participation => ({
      ...side,
      ...(role !== "PARTICIPANT" && { role }),
      citations: [{ start, end, exact: plain.text.slice(start, end) }],
    })),
    citations: cited.map(({ start, end }) => ({ start, end })),
  };
}

/** `Conversation of Bo Drift, Ada Floe and 3 others, Port Floe, June 4, 2031` */
function titleOf({ isCall, place, when }: Memorandum, sides: readonly Sided[]): string {
  const names = sides
    .filter(({ participant }) => participant.role === "PARTICIPANT")
    .map(({ participant: { title, name, text } }) =>
      (name ? name : title || text).replace(/^the /, "The "),
    );
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
  const list =
    shown.length > 1
      ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`
      : (shown[0] ?? "several people");
  const day =
    when.startDate === null ? null : new Date(`${when.startDate.padEnd(10, "-01")}T00:00:00Z`);
  const printed =
    day === null || when.startDate!.length < 10
      ? when.startDate
      : day.toLocaleDateString("en-US", { timeZone: "UTC", dateStyle: "long" });
  return [`${isCall ? "Telephone conversation" : "Conversation"} of ${list}`, place, printed]
    .filter(Boolean)
    .join(", ")
    .slice(0, LONGEST);
}

/** Two countries make it bilateral, more multilateral; one, or none that is known, neither. */
function kindOf(sides: readonly Sided[]): Meeting["kind"] {
  const countries = new Set(
    sides
      .filter(({ participant }) => participant.role === "PARTICIPANT")
      .flatMap(({ side }) => side.country ?? []),
  );
  if (countries.size === 2) return "BILATERAL";
  return countries.size > 2 ? "MULTILATERAL" : "OTHER";
}

/** Builds the offices that the list gives to people by name, without dates: they are attested by the memorandum. INFERRED is one whose country is. */
export function tenuresOf(sides: readonly Sided[], text: string): Tenure[] {
  return sides.flatMap(({ participant, side }) => {
    const { person, personCertainty, country, countryCertainty } = side;
    const title = officeOf(participant);
    if (!person || personCertainty === "INFERRED" || participant.name === null || title === null)
      return [];
    const { start, end } = participant;
    return [
      {
        key: `${person}/frus-${slugOf(title).slice(0, 80).replace(/-$/, "")}`,
        person,
        title,
        ...(country && { country }),
        // A tenure has one certainty: where its country is a guess, so is the tenure.
        ...(countryCertainty === "INFERRED" && { certainty: countryCertainty }),
        citations: [{ start, end, exact: text.slice(start, end) }],
      },
    ];
  });
}

const NO_OFFICE =
  /\b(?:interpret|(?:designate|elect|former|note-?taker|recorder|stenographer|retired|acting)\b)/i;

/** Returns the office of someone in a list: `Minister, Embassy of Norway`; null for an agency or a bureau alone. */
function officeOf({ title, offices }: Sided["participant"]): string | null {
  const all = [officeWordsOf(title), ...offices]
    .map((office) => strip(office, " ,.;:—–-"))
    .filter((office) => office !== "" && !isBureau(office));
  const whole = all.join(", ");
  const isOffice = all.some(
    (office) =>
      officeNamed(office) !== null ||
      /\b(?:Director|Adviser|Advisor|Chief|Officer|Assistant|Head|Attaché)\b/.test(office),
  );
  if (!isOffice || NO_OFFICE.test(whole) || whole.length > LONGEST) return null;
  return whole.replace(/^the /i, "");
}
