import { column, type NounTable } from "./record.table.js";

interface Values extends Pick<NounTable, "name" | "description" | "columns" | "order"> {
  /** What is selected of an item `i`, after that. */
  values: string;
  from: string;
}

/** A file of values that items of several nouns have: the column of one noun says which item it is of. */
function valuesOf(nouns: readonly NounTable[], { values, from, ...file }: Values): NounTable {
  const links = nouns.map(({ noun, primaryKey: [key] }) =>
    column(`${noun}_${key}`, {
      type: "string",
      description: `The ${noun} that it is of.`,
      refersTo: noun,
    }),
  );
  const selects = nouns.map((one, at) => {
    const ids = nouns.map(({ primaryKey: [key] }, i) => {
      const none = key === "id" ? "NULL::uuid" : "NULL::text";
      return `${i === at ? `i.${key}` : none} AS ${links[i]!.name}`;
    });
    return `SELECT ${ids.join(", ")}, ${values} FROM ${one.from} i ${from}`;
  });
  return {
    ...file,
    primaryKey: [],
    from: `(${selects.join(" UNION ALL ")})`,
    order: [...links.map(({ sql }) => sql), file.order].join(", "),
    columns: [...links, ...file.columns],
  };
}

/** The file of other names that items of these nouns have. */
export const otherNamesOf = (nouns: readonly NounTable[], description: string): NounTable =>
  valuesOf(nouns, {
    name: "other_names",
    description,
    order: "x.position",
    columns: [
      column("name", { field: "RecordedName.text", required: true }),
      column("language", { field: "RecordedName.language" }),
      column("former", {
        type: "boolean",
        sql: "coalesce(x.former, false)",
        description: "Whether it is a name of the past.",
      }),
    ],
    values: `n.name, n.position - 1 AS position, note.value->>'language' AS language, note.value->>'kind' = 'FORMER' AS former`,
    from: `CROSS JOIN unnest(i.other_names) WITH ORDINALITY AS n (name, position)
      LEFT JOIN LATERAL (SELECT value FROM jsonb_array_elements(i.name_notes) WHERE value->>'text' = n.name LIMIT 1) AS note ON true`,
  });

/** The file of identifiers that items of these nouns have. */
export const identifiersOf = (nouns: readonly NounTable[], description: string): NounTable =>
  valuesOf(nouns, {
    name: "identifiers",
    description,
    order: "x.scheme",
    columns: ["scheme", "value"].map((name) =>
      column(name, { field: `ExternalIdentifier.${name}`, required: true }),
    ),
    values: "v.value->>'scheme' AS scheme, v.value->>'value' AS value",
    from: "CROSS JOIN jsonb_array_elements(i.identifiers) AS v",
  });
