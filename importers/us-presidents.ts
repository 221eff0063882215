import { personOf, presidentSlug } from "./people.js";
import {
  dataset,
  type Facts,
  required,
  type Importer,
  type Row,
  type Tally,
  textIn,
} from "./records.js";

/** Imports presidencies: one row each, so a president with two separate terms has two. */
export const usPresidents: Importer = {
  document: dataset(
    "us-presidents",
    "Presidents of the United States",
    "travels",
    "3170c773f22c99dadc8ec93da070f8ff6259d6d8",
  ),
  async *facts(rows: AsyncIterable<Row>, tally: Tally): AsyncGenerator<Facts> {
    for await (const row of rows) {
      const slug = presidentSlug(row.id);
      const ordinal = required(row, "ordinal");
      const end = textIn(row, "left_office_date");
      if (end === null) tally.note("end of the tenure unknown", row.id);
      yield {
        people: [
          {
            ...personOf(row.id, required(row, "name"), slug),
            birthDate: textIn(row, "birth"),
            deathDate: textIn(row, "death"),
          },
        ],
        tenures: [
          {
            key: `${slug}/us-president-${ordinal}`,
            person: slug,
            title: "President of the United States",
            country: "US",
            startDate: textIn(row, "took_office_date"),
            endDate: end,
            citations: [{ locator: `${row.id} ${ordinal}` }],
          },
        ],
      };
    }
  },
};
