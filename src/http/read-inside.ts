import type { FastifyReply } from "fastify";
import { ClientLeft, DatabaseTimeout } from "../db/db.errors.js";
import { Deadline, requestSql } from "../db/request-sql.js";
import type { Servers } from "../db/servers.js";
import type { Sql } from "../db/sql.js";

/** Reads for a reply, with the limits of a request; cancelled if the client of the reply disconnects. */
export type ReadInside = <Result>(
  read: (sql: Sql) => Promise<Result>,
  reply: FastifyReply,
) => Promise<Result>;

/** Returns the function by which the service's own pages read what no question of the API gives. */
export function readInside(
  servers: Servers,
  { requestTimeoutMs, maxRowBytes }: { requestTimeoutMs: number; maxRowBytes: number },
): ReadInside {
  return async (read, { raw }) => {
    const deadline = new Deadline();
    const late = () => deadline.pass(new DatabaseTimeout("the request timed out"));
    const timer = setTimeout(late, requestTimeoutMs).unref();
    const left = () => deadline.pass(new ClientLeft("the client disconnected"));
    raw.once("close", left);
    try {
      return await read(requestSql(servers, { deadline, maxBytes: maxRowBytes }));
    } finally {
      clearTimeout(timer);
      raw.off("close", left);
    }
  };
}
