import { createServer } from "node:net";

/** How many ports are tried. */
const TRIED = 20;

/** Returns the first free port after the one of an address; null if the next 20 are in use, too. */
export async function freePortAfter(address: {
  host: string;
  port: number;
}): Promise<number | null> {
  const last = Math.min(address.port + TRIED, 65_535);
  for (let port = address.port + 1; port <= last; port++)
    if (await isFree(address.host, port)) return port;
  return null;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host, port }, () => server.close(() => resolve(true)));
  });
}
