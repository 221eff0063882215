/** The two forms of an answer that GraphQL over HTTP has. */
export const JSON_ANSWER = "application/json";
export const GRAPHQL_ANSWER = "application/graphql-response+json";

/** The form that a client likes best; JSON where it does not say, undefined where it takes neither. */
export function answerType(accept: string | undefined): string | undefined {
  const ranges = (accept || "*/*").split(",").map((range) => {
    const [name, ...parameters] = range.toLowerCase().split(";");
    const quality = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
    return { name: name!.trim(), quality: Number(quality ?? 1) };
  });
  const wishes = [JSON_ANSWER, GRAPHQL_ANSWER].flatMap((type) => {
    // What is named exactly says more than what a `*` stands for.
    for (const [vagueness, name] of [type, "application/*", "*/*"].entries()) {
      const place = ranges.findIndex((range) => range.name === name);
      if (place >= 0) return { type, vagueness, place, quality: ranges[place]!.quality };
    }
    return [];
  });
  const [best] = wishes
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.vagueness - b.vagueness || a.place - b.place);
  return best?.type;
}
