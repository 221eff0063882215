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
    /\b(?:world bank|ibrd)\b|\binternational bank for reconstruction\b/i,
    { slug: "world-bank", name: "World Bank", kind: "INTERGOVERNMENTAL" },
  ],
];
const GROUP = /^(?:the )?(?:united nations|un|nato|shape|world bank)$/i;

/** Returns the organization for which someone acts by office, group and list of persons; null if it is none of these. */
export function bodyOf(
  offices: readonly string[],
  group: string | null,
  about: string,
): Organization | null {
  if (group !== null && GROUP.test(group))
    return (
      BODIES.find(([, { slug, name }]) =>
        [slug.replace("-", " "), name.toLowerCase(), "un"].includes(
          group.toLowerCase().replace(/^the /, ""),
        ),
      )?.[1] ?? null
    );
  const now = about.split(";")[0]!;
  return (
    BODIES.find(
      ([pattern]) => offices.some((office) => pattern.test(office)) || pattern.test(now),
    )?.[1] ?? null
  );
}
