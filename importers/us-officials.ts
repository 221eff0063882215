import type { Importer } from "./importer.js";
import { dataset, type Facts } from "./records.js";
import { required, type Row, textIn } from "./rows.js";

/** Imports people only; their posts are in us-appointments. */
export const usOfficials: Importer = {
  document: dataset(
    "us-officials",
    "Principal officers of the US Department of State and chiefs of mission",
    "pocom",
    "44d2226df6b26f8f5807215ec40e3a6c4d706bbb",
  ),
  async *facts(rows: AsyncIterable<Row>): AsyncGenerator<Facts> {
    for await (const row of rows) {
      const surname = textIn(row, "surname");
      const name = required(row, "name");
      const parts = [surname, textIn(row, "forename"), textIn(row, "gen_name")].filter(Boolean);
      const ids = [row.id, ...(row.old_ids as string[])];
      yield {
        people: [
          {
            slug: row.id,
            name,
            sortName: surname === null ? name : parts.join(", "),
            otherNames: row.alt_names as string[],
            birthDate: textIn(row, "birth"),
            deathDate: textIn(row, "death"),
            // Former ids are identifiers only: they were never slugs in these records.
            identifiers: ids.map((value) => ({ scheme: "pocom", value })),
          },
        ],
      };
    }
  },
};
