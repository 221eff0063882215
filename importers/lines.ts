import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { finished } from "node:stream/promises";

/** Writes a file under another name until it is whole, so that no half of one is left. */
export async function writeLines(
  path: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const part = `${path}.part`;
  try {
    const out = createWriteStream(part);
    for await (const line of lines) if (!out.write(line)) await once(out, "drain");
    await finished(out.end());
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
