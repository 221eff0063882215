import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { Ask } from "./ask.js";
import { createMcpServer, type McpSettings } from "./mcp-server.js";

/** The maximum size of a message on standard input, in bytes: a draft and its source text fit. */
const MAX_MESSAGE = 20_000_000;

/**
 * Serves tools over standard input and output, until the client has closed the input and received all responses. Nothing else may
 * write to standard output.
 */
export async function serveStdio(
  settings: McpSettings,
  ask: Ask,
  say: (line: string) => void,
): Promise<void> {
  const transport = new StdioServerTransport(process.stdin, process.stdout, {
    maxBufferSize: MAX_MESSAGE,
  });
  const server = createMcpServer(settings, ask);
  server.server.onerror = ({ message }) =>
    say(`A message was not understood: ${message.slice(0, 300)}`);
  await server.connect(transport);
  await new Promise<void>((end) => {
    const waiting = openRequests(transport);
    for (const event of ["end", "close"]) process.stdin.once(event, () => waiting.whenNone(end));
    server.server.onclose = end;
  });
  await server.close();
}

/** Counts the requests that have no response yet. */
function openRequests(transport: StdioServerTransport) {
  const open = new Set<string | number>();
  let none: (() => void) | undefined;
  const settle = () => {
    if (open.size === 0) none?.();
  };
  const receive = transport.onmessage;
  transport.onmessage = (message: JSONRPCMessage) => {
    if ("method" in message && "id" in message) open.add(message.id);
    receive?.(message);
  };
  const send = transport.send.bind(transport);
  transport.send = async (message) => {
    await send(message);
    if (!("method" in message) && message.id !== undefined) open.delete(message.id);
    settle();
  };
  return {
    /** Calls a function once no request is open. */
    whenNone(done: () => void) {
      none = done;
      settle();
    },
  };
}
