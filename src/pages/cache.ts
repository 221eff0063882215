/** How long a value is cached. */
const TTL_MS = 60_000;
/** How long a failure is cached, so that an unavailable database is not queried on every request. */
const FAILURE_TTL_MS = 5_000;
/** How long a page waits for the value; after that it is rendered without. */
const WAIT_MS = 2_000;

/**
 * Caches the result of `read`; concurrent callers share one read. Returns null if it fails or takes too long; a late result
 * is cached for later callers.
 */
export function cached<Read>(read: () => Promise<Read>): () => Promise<Read | null> {
  let until = 0;
  let reading: Promise<Read | null> = Promise.resolve(null);
  return () => {
    if (Date.now() >= until) {
      until = Infinity; // while reading
      reading = read().then(
        (answer) => {
          until = Date.now() + TTL_MS;
          return answer;
        },
        () => {
          until = Date.now() + FAILURE_TTL_MS;
          return null;
        },
      );
    }
    return within(WAIT_MS, reading);
  };
}

async function within<Read>(ms: number, reading: Promise<Read | null>): Promise<Read | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  return Promise.race([reading, timeout]).finally(() => clearTimeout(timer));
}
