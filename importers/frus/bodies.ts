import type { Organization } from "../records.js";

/** Organizations of many states for which people take part, by the words of their offices. */
const BODIES: readonly (readonly [RegExp, Organization])[] = [
  [
    /\b(?:united nations|U\.?N\.?) secretary[- ]general\b|\bsecretary[- ]general (?:of|to) the (?:united nations|U\.?N\.?\b)|\bunder secretar(?:y|ies)[- ]general\b|\bunited nations secretariat\b/i,
    { slug: "united-nations", name: "United Nations", kind: "INTERGOVERNMENTAL" },
  ],
  [
    /\b(?:secretary[- ]general of (?:the )?(?:nato|north atlantic treaty organization)|nato secretary[- ]general|nato international staff|shape\b|saceur\b|supreme allied commander)/i,
    { slug: "nato", name: "North Atlantic Treaty Organization", kind: "INTERGOVERNMENTAL" },
  ],
  [
    /\b(?:of|to|the) (?:the )?(?:gatt|general agreement on tariffs and trade)\b/i,
    { slug: "gatt", name: "General Agreement on Tariffs and Trade", kind: "INTERGOVERNMENTAL" },
  ],
  [
    /\b(?:world bank|ibrd)\b|\binternational bank for reconstruction\b/i,
    { slug: "world-bank", name: "World Bank", kind: "INTERGOVERNMENTAL" },
  ],
];
const BY_GROUP: Readonly<Record<string, string>> = {
  nato: "nato",
  shape: "nato",
  un: "united-nations",
  "united nations": "united-nations",
  "world bank": "world-bank",
};

/** Returns the organization for which someone acts by office, group and list of persons; null if it is none of these. */
export function bodyOf(
  offices: readonly string[],
  group: string | null,
  about: string,
): Organization | null {
  const slug = group === null ? undefined : BY_GROUP[group.toLowerCase().replace(/^the /, "")];
  if (slug !== undefined) return BODIES.find(([, body]) => body.slug === slug)![1];
  const now = about.split(";")[0]!;
  return (
    BODIES.find(
      ([pattern]) => offices.some((office) => pattern.test(office)) || pattern.test(now),
    )?.[1] ?? null
  );
}
