import { checkFiles } from "../check/record.check.files.js";
import { assertReadable } from "../files/record.files.js";
import type { CheckReport } from "../record.faults.js";

/** What record files are checked against. */
export interface CheckSources {
  /** A file with the text of one of the documents, or a directory with texts. */
  text?: string;
  /** `embedded`, or the URL of a PostgreSQL. */
  against?: string;
}

/** Checks record files; with `against`, together with what is on record in that database, which is only read. */
export async function check(
  files: string[],
  { text, against }: CheckSources,
  directory: () => string,
  say: (line: string) => void,
): Promise<CheckReport> {
  await assertReadable(files);
  if (text !== undefined) await assertReadable([text]);
  if (against === undefined) return checkFiles(files, { textFile: text });
  // Importing the driver takes half a second.
  const { openToRead } = await import("../../db/open-to-read.js");
  const { Against } = await import("./record.against.js");
  const database = await openToRead(against, directory(), say);
  const runner = database.dataSource.createQueryRunner();
  try {
    return await checkFiles(files, { textFile: text, against: new Against(runner) });
  } finally {
    await runner.release();
    await database.close();
  }
}
