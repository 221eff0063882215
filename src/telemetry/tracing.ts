import type { Tracer } from "@opentelemetry/api";

/** Traces being sent, and how to stop. */
export interface Tracing {
  tracer: Tracer;
  stop: () => Promise<void>;
}

/**
 * Sends traces to where the standard OTEL_ variables say. The SDK is loaded only here, so that it costs
 * nothing where traces are off.
 */
export async function startTracing(): Promise<Tracing> {
  const { NodeTracerProvider, BatchSpanProcessor } = await import("@opentelemetry/sdk-trace-node");
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-http");
  const { defaultResource, resourceFromAttributes, detectResources, envDetector } =
    await import("@opentelemetry/resources");
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "communique" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  return { tracer: provider.getTracer("communique"), stop: () => provider.shutdown() };
}
