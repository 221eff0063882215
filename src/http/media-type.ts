/** The two media types of a GraphQL over HTTP response. */
export const JSON_TYPE = "application/json";
export const GRAPHQL_TYPE = "application/graphql-response+json";

/** The response type that the client prefers: JSON by default, undefined if it accepts neither. */
export function negotiateType(accept: string | undefined): string | undefined {
  const ranges = (accept || "*/*").split(",").map((range) => {
    const [name, ...parameters] = range.toLowerCase().split(";");
    const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
    return { name: name!.trim(), quality: Number(quality ?? 1) };
  });
  const accepted = [JSON_TYPE, GRAPHQL_TYPE].flatMap((type) => {
    // An exact match takes precedence over a wildcard.
    for (const [specificity, name] of [type, "application/*", "*/*"].entries()) {
      const place = ranges.findIndex((range) => range.name === name);
      if (place >= 0) return { type, specificity, place, quality: ranges[place]!.quality };
    }
    return [];
  });
  const [best] = accepted
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.specificity - b.specificity || a.place - b.place);
  return best?.type;
}
