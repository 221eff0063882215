/**
 * The condition that the country with this code is on record: any fact names it. It is no one noun's, since it asks
 * the tables of most of them; lists of countries and searches both need it.
 */
export function isOnRecord(code: string): string {
  // Not by `=`, for which PostgreSQL takes it that there are rows, and reads the table until one comes: to its end for
  // most of the countries that there are. For a range it asks the index.
  const names = (table: string, column = "country_code") =>
    `EXISTS (SELECT FROM ${table} WHERE ${column} BETWEEN ${code} AND ${code})`;
  return `(${[
    names("speaker"),
    names("participation"),
    names("tenure"),
    names("tenure", "accredited_to_code"),
    names("place"),
    names("meeting", "place_country_code"),
    names("statement", "place_country_code"),
    names("addressee"),
    names("agreement_party"),
  ].join(" OR ")})`;
}
