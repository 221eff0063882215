/** Today's countries of the territory of former ones (ISO 3166-3), and a former one that followed another. */
const BECAME: Readonly<Record<string, string>> = {
  AIDJ: "DJ",
  ANHH: "BQ CW SX",
  BUMM: "MM",
  BYAA: "BY",
  CSHH: "CZ SK",
  CSXX: "ME RS",
  DDDE: "DE",
  DYBJ: "BJ",
  GEHH: "KI TV",
  HVBF: "BF",
  NHVU: "VU",
  RHZW: "ZW",
  SUHH: "AM AZ BY BYAA EE GE KG KZ LT LV MD RU TJ TM UA UZ",
  TPTL: "TL",
  VDVN: "VN",
  YDYE: "YE",
  YUCS: "BA CSXX HR ME MK RS SI XK",
  ZRCD: "CD",
};

/** Returns whether two codes are of one country, or one is of a country that the other was or was part of. */
export function isSameState(one: string, other: string): boolean {
  if (one === other) return true;
  return [BECAME[one], BECAME[other]].some((codes, i) =>
    codes?.split(" ").includes(i === 0 ? other : one),
  );
}
