import type { Importer, Run } from "./importer.js";
import { splitOffice } from "./people/office-words.js";
import { kindOfOffice, officeKey } from "./people/offices.js";
import { PeopleOfDataset } from "./people/people-of-dataset.js";
import { personName } from "./people/person-name.js";
import type { Mention } from "./people/same-person.js";
import type { Facts, Meeting, Organization, Participation } from "./records.js";
import { slugOf } from "./records.js";
import { allOf, required, type Row, textIn } from "./rows.js";
import { countryOfSpeech } from "./un-countries.js";

const GENERAL_ASSEMBLY = {
  slug: "un-general-assembly",
  name: "United Nations General Assembly",
} satisfies Organization;
const EUROPEAN_UNION = { slug: "european-union", name: "European Union" } satisfies Organization;

/** Imports who spoke in the General Debates: a speech is a session, part of its year's debate. What was said is not in the rows. */
export const unSpeakers: Importer = {
  document: {
    key: "un-speakers",
    kind: "DATASET",
    title: "Speakers in the General Debate of the United Nations General Assembly",
    language: "en",
    licence: "CC0-1.0",
  },
  organizations: [GENERAL_ASSEMBLY, EUROPEAN_UNION],
  async *facts(rows: AsyncIterable<Row>, run: Run): AsyncGenerator<Facts> {
    const speeches = (await allOf(rows)).map((row) => speechIn(row, run));
    const people = new PeopleOfDataset(run.people, run.tally);
    // Full names first: a surname alone may be that of a person whom another row names.
    const slugs = new Map(
      speeches.map(({ row, mention }) => [
        row,
        mention?.name.isFull ? people.name(mention, row.id) : null,
      ]),
    );
    for (const debate of debatesIn(speeches)) {
      const meetings = debate.map((speech) => {
        const slug = slugs.get(speech.row) ?? null;
        const surname =
          slug === null && speech.mention ? people.surname(speech.mention, speech.row.id) : null;
        return sessionOf(speech, sideOf(speech, slug, surname));
      });
      yield {
        people: meetings.flatMap(({ participations: [side] }) =>
          side?.person ? people.define(side.person) : [],
        ),
        meetings: [debateOf(debate[0]!.row), ...meetings],
      };
    }
  },
};

type Side = Omit<Participation, "citations">;

interface Speech {
  row: Row;
  /** For whom the speaker acts: a country, an organization, or what the row calls it. */
  acting: Side;
  mention: Mention | null;
}

function speechIn(row: Row, { tally }: Run): Speech {
  const [name, post] = [textIn(row, "speaker_name"), textIn(row, "post")];
  const acting = actingIn(row, tally);
  if (name === null) {
    tally.note("no speaker: the country alone", row.id);
    return { row, acting, mention: null };
  }
  const split = splitOffice(name);
  const title = split.title ?? post;
  const parsed = personName(split.name, title !== null && kindOfOffice(title) === "MONARCH");
  const country = acting.country ?? null;
  const isFull = parsed.isFull && (!parsed.isMonarch || country !== null);
  const mention = { name: { ...parsed, isFull }, title, office: officeKey(title) };
  return { row, acting, mention: { ...mention, country, date: String(yearOf(row)) } };
}

function actingIn(row: Row, tally: Run["tally"]): Side {
  const [alpha3, name] = [required(row, "iso3_normalized"), required(row, "country")];
  if (alpha3 === "EU") return { organization: EUROPEAN_UNION.slug };
  const { country, why } = countryOfSpeech(alpha3, name, yearOf(row));
  if (country === null) {
    tally.note(`no country: ${why}`, row.id);
    return { description: name };
  }
  // China of those years is another code than the name says.
  return alpha3 === "CHN" && country !== "CN"
    ? { country, countryCertainty: "INFERRED" }
    : { country };
}

/** Returns the year of a speech, which is all that the rows give of its date. */
function yearOf(row: Row): number {
  const { year } = row;
  if (typeof year !== "number" || !Number.isInteger(year) || year < 1945 || year > 9999)
    throw new Error(`row ${row.id} has no year`);
  return year;
}

/** Groups speeches by session and year, in the order of the rows. */
function debatesIn(speeches: readonly Speech[]): Iterable<Speech[]> {
  const debates = new Map<string, Speech[]>();
  for (const speech of speeches) {
    const key = debateSlug(speech.row);
    const debate = debates.get(key);
    if (debate) debate.push(speech);
    else debates.set(key, [speech]);
  }
  return debates.values();
}

function debateSlug(row: Row): string {
  return `un-general-debate-${String(row.session)}-${yearOf(row)}`;
}

function sideOf(
  { row, acting, mention }: Speech,
  slug: string | null,
  surname: string | null,
): Side {
  const { description, ...known } = acting;
  if (slug !== null) return { person: slug, ...known };
  if (surname !== null) return { person: surname, personCertainty: "INFERRED", ...known };
  if (!mention) return acting;
  const name = required(row, "speaker_name");
  return { ...known, description: description ? `${name} (${description})` : name };
}

/** Of a speech, place and manner are not in the rows: some were sent in on video. */
const GIVEN = { status: "HELD", coverage: "REPORTED", convener: GENERAL_ASSEMBLY.slug } as const;

function sessionOf({ row }: Speech, side: Side) {
  const [name, country] = [textIn(row, "speaker_name"), required(row, "country")];
  const year = String(yearOf(row));
  const citations = [{ locator: row.id }];
  return {
    slug: `un-speech-${slugOf(row.id)}`,
    title: `${name === null ? country : `${name} (${country})`}, General Debate of ${year}`,
    kind: "SESSION",
    ...GIVEN,
    startDate: year,
    parent: debateSlug(row),
    parentRelation: "PART_OF",
    participations: [{ ...side, citations }],
    citations,
  } satisfies Meeting;
}

/** Builds the debate of a session, which every row states; it cites the first one. */
function debateOf(row: Row): Meeting {
  const year = String(yearOf(row));
  return {
    slug: debateSlug(row),
    title: `General Debate of the UN General Assembly, session ${String(row.session)} (${year})`,
    kind: "MULTILATERAL",
    ...GIVEN,
    startDate: year,
    citations: [{ locator: row.id }],
  };
}
