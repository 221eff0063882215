import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/**
 * Writes text to a file, compressed where its name ends in `.gz`, or to standard output; no faster than it is taken.
 * What fails before there is any text leaves the file as it is.
 */
export async function writeText(text: AsyncGenerator<string>, file?: string): Promise<void> {
  try {
    const source = Readable.from(begun(await text.next(), text), { objectMode: false });
    if (file === undefined) await pipeline(source, process.stdout, { end: false });
    else if (file.toLowerCase().endsWith(".gz"))
      await pipeline(source, createGzip(), createWriteStream(file));
    else await pipeline(source, createWriteStream(file));
  } catch (error) {
    // Whoever reads standard output may have had enough, as `head` has.
    if (file !== undefined || (error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  } finally {
    await text.return(undefined);
  }
}

/** All of a text whose first piece has been taken. */
async function* begun(
  first: IteratorResult<string>,
  rest: AsyncGenerator<string>,
): AsyncGenerator<string> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
