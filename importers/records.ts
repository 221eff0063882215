import type { SourceRecordInput } from "../src/records/record.format.js";

/** A record type with strings instead of enums, so that importers run without importing the service. */
type Plain<T> = T extends string
  ? `${T}`
  : T extends (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Plain<T[Key]> }
      : T;

type RecordLine = Plain<SourceRecordInput>;
type Item<List extends keyof RecordLine> =
  NonNullable<RecordLine[List]> extends (infer One)[] ? One : never;

export type Document = Exclude<RecordLine["document"], string>;
export type Facts = Omit<RecordLine, "format" | "document" | "$schema">;
export type Person = Item<"people">;
export type Place = Item<"places">;
export type Organization = Item<"organizations">;
export type Meeting = Item<"meetings">;
export type Participation = NonNullable<Meeting["participations"]>[number];

export const OFFICE_OF_THE_HISTORIAN = {
  slug: "us-office-of-the-historian",
  name: "Office of the Historian, US Department of State",
};

/** Builds the document of a dataset of the Office of the Historian; the version is the commit of its repository, if known. */
export function dataset(
  key: string,
  title: string,
  repository: string,
  version?: string,
): Document {
  return {
    key,
    kind: "DATASET",
    title,
    publisher: OFFICE_OF_THE_HISTORIAN.name,
    issuer: OFFICE_OF_THE_HISTORIAN.slug,
    url: `https://github.com/HistoryAtState/${repository}`,
    language: "en",
    licence: "CC0-1.0",
    ...(version !== undefined && { version }),
  };
}

/** Converts text to a slug: lower-case letters, digits and single hyphens. */
export function slugOf(text: string): string {
  return text
    .replace(/ß/g, "ss")
    .replace(/[øØ]/g, "o")
    .replace(/[łŁ]/g, "l")
    .replace(/[đĐ]/g, "d")
    .replace(/ı/g, "i")
    .normalize("NFKD")
    .replace(/[\p{M}'’‘ʻʼ]/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
