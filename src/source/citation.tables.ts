import { agreements } from "../agreement/agreement.tables.js";
import { meetings, participations } from "../meeting/meeting.tables.js";
import { tenures } from "../person/tenure.tables.js";
import { column, itemTable, link } from "../records/tables/record.table.js";
import { statementRelations, statements } from "../statement/statement.tables.js";
import { citation } from "./citation.record.js";

/** The files of the facts that a citation can prove. Those of merges prove judgements, which are in no file. */
const PROVED = [statements, meetings, participations, tenures, agreements, statementRelations];

/** The CSV file of citations. */
export const citations = itemTable(citation, {
  name: "citations",
  description: "The passages that prove facts: one of the ids of a fact is set.",
  from: "(SELECT * FROM citation WHERE merge_id IS NULL)",
  before: {
    start: PROVED.map(({ noun, name }) =>
      link(noun!, `What it proves, if that is in ${name}.csv.`, false),
    ),
  },
  written: {
    // Records may omit it, but every citation has one.
    document: [
      column("document_id", { field: "Citation.document", refersTo: "document", required: true }),
    ],
    // The API gives the words of held texts too.
    exact: [
      column("exact", {
        type: "string",
        description:
          "The words of the passage or row, where its record gives them, which takes an open licence; those of held texts are not in the file.",
      }),
    ],
  },
});
