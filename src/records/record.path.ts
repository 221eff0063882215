/** The path of a value in a record: `["meetings", 0, "parent"]`. */
export type RecordPath = readonly (string | number)[];

/** Returns the JSON pointer of a path: `/meetings/0/parent`. */
export function pointerOf(path: RecordPath): string {
  return path.map((part) => `/${String(part).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}
