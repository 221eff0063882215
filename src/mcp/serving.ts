import { SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import { VERSION } from "../pages/project.js";
import type { Telemetry } from "../telemetry/instrumentation.js";
import type { FinishedCall, McpSettings } from "./mcp-server.js";
import { toolbox, type ToolSources } from "./toolbox.js";

/** The maximum number of operations without a tool that are logged by name. */
const MAX_LOGGED = 10;

/** Returns the settings of MCP servers in a service: their tools, and where calls are recorded. */
export function servedTools(
  sources: ToolSources,
  telemetry: Telemetry,
  timeoutMs: number,
): McpSettings {
  const { tools, leftOut } = toolbox(sources);
  if (leftOut.length > 0)
    telemetry.log.warn(
      { operations: leftOut.slice(0, MAX_LOGGED), count: leftOut.length },
      "some operations are no tools: they have no name, or one that is taken, or there are too many",
    );
  return { tools, version: VERSION, timeoutMs, onCall: (call) => record(call, telemetry) };
}

function record(call: FinishedCall, { metrics, log, tracer }: Telemetry): void {
  const { tool, outcome, ms, requestId, error } = call;
  metrics.toolCall(tool, outcome, ms / 1_000);
  log.info({ requestId, tool, outcome, ms: Math.round(ms) }, "tool completed");
  if (error !== undefined) log.error({ requestId, tool, err: error }, "internal error");
  if (tracer) trace(tracer, call);
}

/** Records the span of a call. The spans of its GraphQL operations are siblings of it. */
function trace(tracer: Tracer, { tool, outcome, ms }: FinishedCall): void {
  const span = tracer.startSpan(`tools/call ${tool}`, {
    kind: SpanKind.SERVER,
    startTime: Date.now() - ms,
    attributes: { "mcp.method.name": "tools/call", "gen_ai.tool.name": tool },
  });
  if (outcome !== "ok") span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  span.end();
}
