/** The maximum size of a record in bytes: of a line of JSON Lines, or of a JSON file. Parsing one takes several times as much memory. */
export const MAX_RECORD_BYTES = 64 * 2 ** 20;

const LINE_FEED = 0x0a;

/**
 * Joins chunks to the bytes of each record: a line, or the whole file. Yields null for one over the limit, without keeping it in
 * memory. Splits at LF only: node:readline would also split at U+2028, which JSON allows in strings.
 */
export async function* recordBytesIn(
  chunks: AsyncIterable<Buffer>,
  inLines: boolean,
): AsyncGenerator<Buffer | null> {
  let pieces: Buffer[] = [];
  let size = 0;
  const add = (piece: Buffer) => {
    size += piece.length;
    if (size > MAX_RECORD_BYTES) pieces = [];
    else pieces.push(piece);
  };
  const take = () => {
    const one = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    const taken = size > MAX_RECORD_BYTES ? null : one;
    [pieces, size] = [[], 0];
    return taken;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end; inLines && (end = chunk.indexOf(LINE_FEED, start)) >= 0; start = end + 1) {
      add(chunk.subarray(start, end));
      yield take();
    }
    add(chunk.subarray(start));
  }
  yield take();
}
