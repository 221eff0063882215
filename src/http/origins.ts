import type { FastifyCorsOptions } from "@fastify/cors";

/** Options of CORS for these origins; `*` alone allows all, `:*` any port. */
export function corsFor(origins: string[], methods: string[]): FastifyCorsOptions {
  return {
    origin: origins.includes("*") ? "*" : origins.map(patternOf),
    methods,
    exposedHeaders: ["x-request-id"],
    strictPreflight: false,
    maxAge: 7_200,
  };
}

/** Whether a page of this origin may send requests. */
export function isAllowedOrigin(origin: string, origins: string[]): boolean {
  return origins.some((each) => {
    const pattern = patternOf(each);
    return (
      each === "*" || (typeof pattern === "string" ? pattern === origin : pattern.test(origin))
    );
  });
}

function patternOf(origin: string): string | RegExp {
  return origin.endsWith(":*") ? new RegExp(`^${escape(origin.slice(0, -2))}(:\\d+)?$`) : origin;
}

function escape(text: string): string {
  return text.replace(/[.+*?^$()[\]{}|\\]/g, "\\$&");
}
