import { countryOf, isNeverCoded } from "./countries.js";
import type { Importer, Run } from "./importer.js";
import { dataset, type Facts } from "./records.js";
import { required, type Row, textIn } from "./rows.js";
import { UncodedStates, uncodedSlug } from "./uncoded-states.js";

/** Personal ranks, which are not offices. */
const RANKS = new Set(["career-ambassador"]);

const LISTED: Readonly<Record<string, string>> = {
  OTHER_NOMINEE: "other nominee, not a holder",
  OTHER_APPOINTEE: "other appointee, not a holder",
};

/** Matches at the end of a note; elsewhere it may be about another appointment. */
const DECLINED = /(?:^|; )declined (?:the )?appointment\.?$/i;
const NOT_SERVED =
  /(?:^|; |\. )did not (?:serve under this appointment|take oath of office under this appointment|proceed to post|serve|assume office)\.?$|^not commissioned; nomination|^not commissioned, although his nomination/i;

/** Imports appointments as tenures. Their people are in us-officials: load that first, or check both together. */
export const usAppointments: Importer = {
  document: dataset(
    "us-appointments",
    "Appointments of principal officers and chiefs of mission of the United States",
    "pocom",
    "44d2226df6b26f8f5807215ec40e3a6c4d706bbb",
  ),
  async *facts(rows: AsyncIterable<Row>, run: Run): AsyncGenerator<Facts> {
    const states = new UncodedStates();
    for await (const row of rows) {
      const key = required(row, "key");
      const reason = reasonToSkip(row);
      if (reason !== null) run.tally.skip(reason, key);
      else {
        const tenure = tenureOf(row, key, run);
        const state = tenure.organization
          ? states.define(tenure.organization, required(row, "territory_name"))
          : [];
        yield { ...(state.length > 0 && { organizations: state }), tenures: [tenure] };
      }
    }
  },
};

function reasonToSkip(row: Row): string | null {
  const note = textIn(row, "note") ?? "";
  const [start, end] = [textIn(row, "start_date"), textIn(row, "end_date")];
  if (row.listed_as !== "HOLDER") return LISTED[String(row.listed_as)] ?? "not listed as a holder";
  if (row.person_known !== true) return "the person is not in us-officials";
  if (RANKS.has(String(row.role_id))) return "a rank, not an office";
  if (DECLINED.test(note)) return "declined";
  if (row.start_date_basis !== "started" && NOT_SERVED.test(note)) return "not served";
  // Compares only as many digits as the shorter date has.
  if (start !== null && end !== null && end < start.slice(0, end.length))
    return "ends before it starts";
  return null;
}

type Tenure = NonNullable<Facts["tenures"]>[number];

function tenureOf(row: Row, key: string, run: Run): Tenure {
  const person = required(row, "person_id");
  const [startDate, endDate] = [textIn(row, "start_date"), textIn(row, "end_date")];
  const { tally } = run;
  if (startDate === null) tally.note("start unknown", key);
  if (endDate === null) tally.note("end unknown", key);
  const isAppointed = row.start_date_basis === "appointed";
  if (isAppointed) tally.note("start taken from the appointment: INFERRED", key);
  const note = textIn(row, "note");
  return {
    // Duplicate ids end in ~2; a key cannot contain a tilde.
    key: `${person}/${key.replace(/-+/g, "-").replace(/-?~/, ".").replace(/-$/, "")}`,
    person,
    country: "US",
    ...receiverOf(row, key, startDate ?? endDate, run),
    startDate,
    endDate,
    certainty: isAppointed ? "INFERRED" : "STATED",
    citations: [note === null ? { locator: key } : { locator: key, exact: note }],
  };
}

/** Returns the office's title and the receiving country, or the state that ISO never coded. */
function receiverOf(
  row: Row,
  key: string,
  date: string | null,
  { tally, territories }: Run,
): Pick<Tenure, "title" | "accreditedTo" | "organization"> {
  const title = required(row, "role_title");
  const name = textIn(row, "territory_name");
  if (name === null) return { title };
  const slug = chinaAtTaipei(row, date) ? "taiwan" : textIn(row, "territory_id");
  const accreditedTo = countryOf({ slug, date, code: textIn(row, "country_code") }, territories);
  if (accreditedTo !== null) return { title, accreditedTo };
  if (slug !== null && isNeverCoded(slug, date)) {
    tally.note(`an organization, since ISO never coded it: ${name}`, key);
    return { title, organization: uncodedSlug(slug) };
  }
  tally.note(`no country: none is known for ${name} on that date`, key);
  // A tenure has no description, so the state goes into the title.
  return { title: `${title}, ${name}` };
}

/** Returns whether the post was at Taipei: ambassadors to China until 1979. (Chiefs of the liaison office were at Peking.) */
function chinaAtTaipei(row: Row, date: string | null): boolean {
  const isChina = row.territory_id === "china" && row.role_id !== "chief";
  return isChina && date !== null && date >= "1949-12" && date < "1979";
}
