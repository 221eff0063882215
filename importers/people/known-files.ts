import {
  assertReadable,
  recordFilesOf,
  recordsIn,
  sizeOf,
} from "../../src/records/files/record.files.js";
import type { Progress } from "../../src/records/record.progress.js";
import { asObject } from "../../src/records/record.unchecked.js";
import type { Facts } from "../records.js";
import { People } from "./people.js";

const FORMAT = "communique-record/1";

/** Reads who is known from record files: their people, offices and meetings. Throws for what is no record. */
export async function knownFrom(paths: string[], progress: Progress): Promise<People> {
  const people = new People();
  await assertReadable(paths);
  const files = await recordFilesOf(paths);
  const total = await sizeOf(files);
  let [read, records] = [0, 0];
  const onBytes = (bytes: number) => progress.update({ read: (read += bytes), total, records });
  for (const file of files)
    for await (const record of recordsIn(file, { onBytes })) {
      if ("fault" in record)
        throw new Error(`${record.fault.file}:${record.fault.line}: ${record.fault.message}`);
      const { file: name, line } = record.source;
      if (asObject(record.value).format !== FORMAT)
        throw new Error(`${name}:${line}: not a record; communique check says what is wrong`);
      people.learn(record.value as Facts);
      records++;
    }
  return people;
}
