/** How long what was read from the database is told again before it is read anew. */
const LASTS_MS = 60_000;
/** A database that can't be asked is not asked again at once. */
const FAILURE_LASTS_MS = 5_000;
/** A page doesn't wait longer for what it tells of the record: it comes without. */
const WAIT_MS = 2_000;

/**
 * Reads again only when what was read is old, once for all who want it meanwhile. Gives null where it can't be read, or
 * not in time; what comes later is for those who ask later.
 */
export function remembered<Read>(read: () => Promise<Read>): () => Promise<Read | null> {
  let until = 0;
  let reading: Promise<Read | null> = Promise.resolve(null);
  return () => {
    if (Date.now() >= until) {
      until = Infinity; // while it is under way
      reading = read().then(
        (answer) => {
          until = Date.now() + LASTS_MS;
          return answer;
        },
        () => {
          until = Date.now() + FAILURE_LASTS_MS;
          return null;
        },
      );
    }
    return within(WAIT_MS, reading);
  };
}

async function within<Read>(ms: number, reading: Promise<Read | null>): Promise<Read | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  return Promise.race([reading, late]).finally(() => clearTimeout(timer));
}
