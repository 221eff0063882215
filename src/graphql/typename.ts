/** A row with the name of its GraphQL type: rows are plain objects, which have no type of their own. */
export type TypedRow = object & { __typename: string };

/** Returns a copy of a row with its GraphQL type. A copy, since the loader may share the row with other fields. */
export async function withTypename(
  __typename: string,
  row: Promise<object | null>,
): Promise<TypedRow | null> {
  const found = await row;
  return found && { ...found, __typename };
}
