/**
 * Returns the condition that the country with this code is on record: that any fact names it. It reads the tables of most
 * nouns, and serves both the list of countries and searches.
 */
export function isOnRecord(code: string): string {
  // Not `=`, for which PostgreSQL expects many rows, and scans the table until it finds one: to the end for most countries.
  // For a range it uses the index.
  const names = (table: string, column = "country_code") =>
    `EXISTS (SELECT FROM ${table} WHERE ${column} BETWEEN ${code} AND ${code})`;
  return `(${[
    names("speaker"),
    names("participation"),
    names("tenure"),
    names("tenure", "accredited_to_code"),
    names("place"),
    names("organization"),
    names("meeting", "place_country_code"),
    names("statement", "place_country_code"),
    names("addressee"),
    names("agreement_party"),
  ].join(" OR ")})`;
}
