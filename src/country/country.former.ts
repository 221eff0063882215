import { iso31663 } from "iso-3166";

/** Successors of former countries that ISO 3166-3 leaves out: those that had codes before, and those without an entry there. */
const MORE: Readonly<Record<string, string>> = {
  CSXX: "XK",
  GEHH: "TV",
  SUHH: "BY BYAA UA",
  YUCS: "BA CSXX HR ME MK RS SI XK",
};

/** The codes of the successors of each former country: today's countries, and later former ones. */
const BECAME: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  iso31663.map(({ alpha4, to }) => {
    const todays = to.filter(({ state }) => state === "assigned").map(({ alpha2 }) => alpha2);
    return [alpha4, new Set([...todays, ...(MORE[alpha4]?.split(" ") ?? [])])];
  }),
);

/** Returns whether two codes are of the same country, or of a former country and its successor. */
export function isSameState(one: string, other: string): boolean {
  return one === other || came(one, other) || came(other, one);
}

function came(former: string, country: string): boolean {
  return BECAME.get(former)?.has(country) ?? false;
}
