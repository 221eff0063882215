// Helpers to read a record before it is validated: a value of the wrong type counts as missing.

export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
