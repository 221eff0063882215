/** A row of any noun, and of which: rows are plain objects, which do not tell themselves. */
export type Typed = object & { __typename: string };

/** A row that tells its GraphQL type. A copy of it: the loader's own may be shared with other fields. */
export async function withTypename(
  __typename: string,
  row: Promise<object | null>,
): Promise<Typed | null> {
  const found = await row;
  return found && { ...found, __typename };
}
