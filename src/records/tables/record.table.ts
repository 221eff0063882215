/** The types of Table Schema that columns have. */
type ColumnType = "string" | "integer" | "number" | "boolean" | "date" | "datetime";

/** A column of a CSV file. */
export interface Column {
  name: string;
  type: ColumnType;
  /** The SQL expression of its value. */
  sql: string;
  /** The field of the API that it is, `Type.field`, whose description and values are then its own. */
  field?: string;
  /** What it means, where no field of the API says so. */
  description?: string;
  /** Whether every row has a value. */
  required?: boolean;
  /** A regular expression that every value matches. */
  pattern?: string;
  /** The file and column that it refers to. */
  refersTo?: readonly [file: string, column: string];
}

/** A CSV file of the export. */
export interface RecordTable {
  /** The name of the file without `.csv`. */
  name: string;
  description: string;
  /** The columns that identify a row. */
  primaryKey: readonly string[];
  /** What rows are read from, after FROM. */
  from: string;
  /** The SQL expressions by which rows are sorted: of indexed columns where there may be many. */
  order: string;
  columns: readonly Column[];
}

const UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

type Rest = Partial<Omit<Column, "name" | "field">>;

/** A column of text that is a field of the API. */
export function text(name: string, field: string, rest: Rest = {}): Column {
  return { name, type: "string", sql: `x.${name}`, field, ...rest };
}

/** The column that identifies an item, for ever and on every installation. */
export function id(field: string): Column {
  return text("id", field, { required: true, pattern: UUID });
}

/** A reference to a row of another file, by its `id`. */
export function reference(name: string, field: string, file: string, rest: Rest = {}): Column {
  return text(name, field, { pattern: UUID, refersTo: [file, "id"], ...rest });
}

/** A column that no field of the API is. */
export function other(
  name: string,
  type: ColumnType,
  description: string,
  rest: Rest = {},
): Column {
  return { name, type, sql: `x.${name}`, description, ...rest };
}

/** A reference to the item that a row is a part of, or of which it is one of several that it can be of. */
export function link(name: string, file: string, description: string, required = true): Column {
  return other(name, "string", description, { pattern: UUID, refersTo: [file, "id"], required });
}

/** A reference to a country, by its code. */
export function country(name: string, field: string, rest: Rest = {}): Column {
  return text(name, field, { refersTo: ["countries", "code"], ...rest });
}

/** A partial date as the API gives it, and its first and last day, by which rows can be compared. */
export function partialDate(name: string, field: string, from: string, to: string): Column[] {
  const bound = (column: string, which: string): Column => ({
    name: `${name}_${which === "First" ? "from" : "to"}`,
    type: "date",
    sql: `x.${column}::text`,
    description: `${which} day of \`${name}\`: that of the month or year where it is no more exact.`,
  });
  return [
    text(name, field, {
      sql: `CASE WHEN x.${from} = x.${to} THEN x.${from}::text
        WHEN to_char(x.${from}, 'YYYY-MM') = to_char(x.${to}, 'YYYY-MM') THEN to_char(x.${from}, 'YYYY-MM')
        ELSE to_char(x.${from}, 'YYYY') END`,
      pattern: "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    }),
    bound(from, "First"),
    bound(to, "Last"),
  ];
}

/** The position of a part in the list that it is in. */
export function position(): Column {
  const description = "Its place in the list, from 0, in the order of the record.";
  return other("position", "integer", description, { required: true });
}

/** The person, country, organization or description that a participant or a speaker is, each with its certainty. */
export function side(type: "Participation" | "Speaker"): Column[] {
  return [
    reference("person_id", `${type}.person`, "people"),
    text("person_certainty", `${type}.personCertainty`),
    country("country_code", `${type}.country`),
    text("country_certainty", `${type}.countryCertainty`),
    reference("organization_id", `${type}.organization`, "organizations"),
    text("organization_certainty", `${type}.organizationCertainty`),
    text("description", `${type}.description`),
  ];
}
