import { iso31663 } from "iso-3166";

/** What came of former countries besides what ISO 3166-3 has: it leaves out those that had codes before, and countries without one of its own. */
const MORE: Readonly<Record<string, string>> = {
  CSXX: "XK",
  GEHH: "TV",
  SUHH: "BY BYAA UA",
  YUCS: "BA CSXX HR ME MK RS SI XK",
};

/** The codes of what came of each former country: today's countries, and former ones that followed. */
const BECAME: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  iso31663.map(({ alpha4, to }) => {
    const todays = to.filter(({ state }) => state === "assigned").map(({ alpha2 }) => alpha2);
    return [alpha4, new Set([...todays, ...(MORE[alpha4]?.split(" ") ?? [])])];
  }),
);

/** Returns whether two codes are of one country, or one is of a former country that the other came of. */
export function isSameState(one: string, other: string): boolean {
  return one === other || came(one, other) || came(other, one);
}

function came(former: string, country: string): boolean {
  return BECAME.get(former)?.has(country) ?? false;
}
