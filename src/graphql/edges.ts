import type DataLoader from "dataloader";
import { isUuid } from "../scalars/text.js";

/** The root of a query: the parent of lists of everything. */
export const ROOT = "";

/** What a foreign key points to; null without asking when it points nowhere. */
export function edge<Row>(loader: DataLoader<string, Row>, key: string | null) {
  return key === null ? null : loader.load(key);
}

/** A row that tells its GraphQL type. A copy of it: the loader's own may be shared with other fields. */
export async function withTypename(__typename: string, row: Promise<object | null>) {
  const found = await row;
  return found && { ...found, __typename };
}

/** What has this id; null without asking when it can't be one. */
export function byId<Row>(loader: DataLoader<string, Row>, id: string) {
  const lower = id.toLowerCase();
  return isUuid(lower) ? loader.load(lower) : null;
}
