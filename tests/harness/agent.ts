import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { join } from "node:path";
import type { Whatever } from "./whatever.js";

const COMMAND = join(__dirname, "../../bin/communique.js");

/** A client of the official SDK, as agents have it. */
export interface Agent {
  client: Client;
  /** Calls a tool: its data, its text, and whether it refused. */
  call(name: string, args: object): Promise<{ data: Whatever; text: string; isError: boolean }>;
  close(): Promise<void>;
}

/** Connects over HTTP to a service at an address. */
export async function agentAt(address: string, headers: Record<string, string> = {}) {
  const url = new URL("/mcp", address);
  return connected(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
}

/** Connects over standard input and output to a process of its own, `communique mcp`. */
export async function agentWith(env: Record<string, string>, ...args: string[]): Promise<Agent> {
  return connected(
    new StdioClientTransport({
      command: process.execPath,
      args: [COMMAND, "mcp", ...args],
      env: { ...(process.env as Record<string, string>), COMMUNIQUE_LOG_LEVEL: "error", ...env },
      stderr: "ignore",
    }),
  );
}

async function connected(transport: Parameters<Client["connect"]>[0]): Promise<Agent> {
  const client = new Client({ name: "tests", version: "1" });
  await client.connect(transport);
  // Only then does it check answers by their output schemas.
  await client.listTools();
  return {
    client,
    async call(name, args) {
      const result = await client.callTool({ name, arguments: args as Record<string, unknown> });
      const [first] = result.content as { text: string }[];
      return {
        data: result.structuredContent as Whatever,
        text: first?.text ?? "",
        isError: result.isError === true,
      };
    },
    close: () => client.close(),
  };
}
