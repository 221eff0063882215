import type { Importer, Run } from "./importer.js";
import { dataset, type Facts } from "./records.js";
import { required, type Row, textIn } from "./rows.js";
import { personOf, presidentSlug } from "./us-people.js";

/** Imports presidencies: one row each, so a president with two separate terms has two. */
export const usPresidents: Importer = {
  document: dataset(
    "us-presidents",
    "Presidents of the United States",
    "travels",
    "3170c773f22c99dadc8ec93da070f8ff6259d6d8",
  ),
  async *facts(rows: AsyncIterable<Row>, { tally }: Run): AsyncGenerator<Facts> {
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
