/** The root of a query: the parent of lists of everything. */
export const ROOT = "";

/** A row that tells its GraphQL type. A copy of it: the loader's own may be shared with other fields. */
export async function withTypename(__typename: string, row: Promise<object | null>) {
  const found = await row;
  return found && { ...found, __typename };
}
