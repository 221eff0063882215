/** Nouns whose items can be merged, as records name them. */
export const MERGED_NOUNS = [
  "person",
  "place",
  "organization",
  "meeting",
  "agreement",
  "topic",
  "statement",
] as const;

/** Nouns whose items have fields that can be settled. */
export const SETTLED_NOUNS = [
  "person",
  "place",
  "organization",
  "tenure",
  "meeting",
  "agreement",
  "statement",
] as const;
