import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/**
 * Streams text to a file (compressed if its name ends in `.gz`) or to standard output, with backpressure. If it fails
 * before the first chunk, an existing file is left unchanged.
 */
export async function writeText(text: AsyncGenerator<string>, file?: string): Promise<void> {
  try {
    const source = Readable.from(prepend(await text.next(), text), { objectMode: false });
    if (file === undefined) await pipeline(source, process.stdout, { end: false });
    else if (file.toLowerCase().endsWith(".gz"))
      await pipeline(source, createGzip(), createWriteStream(file));
    else await pipeline(source, createWriteStream(file));
  } catch (error) {
    // The reader of a pipe may close it early, as `head` does.
    if (file !== undefined || (error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  } finally {
    await text.return(undefined);
  }
}

/** Yields a first chunk that was already read, then the rest. */
async function* prepend(
  first: IteratorResult<string>,
  rest: AsyncGenerator<string>,
): AsyncGenerator<string> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
