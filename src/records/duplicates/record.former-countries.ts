/** Former countries that several came of, by their codes of ISO 3166-3, where these do not name what followed. */
const SUCCESSORS: Record<string, string> = {
  ANHH: "BQ CW SX",
  CSHH: "CZ SK",
  CSXX: "ME RS XK YUCS",
  GEHH: "KI TV",
  PCHH: "FM MH MP PW",
  SUHH: "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ",
  YUCS: "BA CSXX HR ME MK RS SI XK",
};

/** Returns whether two codes are of different countries. A former country is not different from what came of it. */
export function areOtherCountries(one: string, other: string): boolean {
  return one !== other && !cameOf(one, other) && !cameOf(other, one);
}

function cameOf(country: string, former: string): boolean {
  if (former.length !== 4) return false;
  // The code of a former country ends in that of the one that followed: BUMM was Burma, MM is Myanmar.
  return SUCCESSORS[former]?.split(" ").includes(country) ?? former.endsWith(country);
}
