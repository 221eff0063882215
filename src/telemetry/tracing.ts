import type { Tracer } from "@opentelemetry/api";

/** A tracer, and how to stop it. */
export interface Tracing {
  tracer: Tracer;
  stop: () => Promise<void>;
}

/**
 * Sends OpenTelemetry traces to the endpoint in the standard OTEL_ variables. The SDK is imported only here, so it costs
 * nothing when tracing is off.
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
