import { column, itemTable, link } from "../records/tables/record.table.js";
import { citation } from "./citation.record.js";

/** The facts that a citation can prove, and their files. Those of merges prove judgements, which are in no file. */
const PROVED = [
  ["statement", "statements"],
  ["meeting", "meetings"],
  ["participation", "participations"],
  ["tenure", "tenures"],
  ["agreement", "agreements"],
  ["relation", "statement_relations"],
] as const;

/** The CSV file of citations. */
export const citations = itemTable(citation, {
  name: "citations",
  type: "Citation",
  description: "The passages that prove facts: one of the ids of a fact is set.",
  from: "(SELECT * FROM citation WHERE merge_id IS NULL)",
  columns: [
    [
      "id",
      column("document_id", { field: "Citation.document", refersTo: "document", required: true }),
    ],
    PROVED.map(([noun, file]) => link(noun, `What it proves, if that is in ${file}.csv.`, false)),
    ["start", "end", "textSha256", "locator"],
    [
      column("exact", {
        type: "string",
        description:
          "The words of the passage or row, where its record gives them, which takes an open licence; those of held texts are not in the file.",
      }),
    ],
    ["reportedBy"],
  ],
});
