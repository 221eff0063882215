import type { FormattedExecutionResult } from "graphql";
import { type Ask, ToolError } from "./ask.js";

/** The maximum size of a response. */
const MAX_BYTES = 50_000_000;

/** Returns an `Ask` that sends queries to the service at an address, with a timeout for each. */
export function askAt(url: string, timeoutMs: number, routerSecret: string | null): Ask {
  return async (query, variables) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          ...(routerSecret === null ? {} : { "router-authorization": routerSecret }),
        },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return resultIn(await boundedText(response), response.status);
    } catch (error) {
      if (error instanceof ToolError) throw error;
      const { name, cause, message } = error as Error & { cause?: { code?: string } };
      if (name === "TimeoutError") throw new ToolError("The service took too long. [TIMEOUT]");
      throw new ToolError(`The service cannot be reached: ${cause?.code ?? message} [UNAVAILABLE]`);
    }
  };
}

async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > MAX_BYTES) throw new ToolError("The answer is too large. [ANSWER_TOO_LARGE]");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function resultIn(text: string, status: number): FormattedExecutionResult {
  try {
    const result: unknown = JSON.parse(text);
    if (typeof result === "object" && result !== null && ("data" in result || "errors" in result))
      return result as FormattedExecutionResult;
  } catch {
    // Not JSON: reported below.
  }
  throw new ToolError(`The address does not answer as a GraphQL service does (HTTP ${status}).`);
}
