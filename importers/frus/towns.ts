import { countries as today } from "countries-list";
import { slugOf } from "../records.js";
import { codeThen } from "./countries-then.js";

/** Towns that are no capital, and other spellings of those that are, with today's country; towns of the United States are in STATES. */
const TOWNS: Readonly<Record<string, string>> = {
  Abidjan: "CI",
  Alexandria: "EG",
  Amman: "JO",
  Antalya: "TR",
  "Bad Godesberg": "DE",
  Bandung: "ID",
  Bangalore: "IN",
  Barcelona: "ES",
  Basra: "IQ",
  Benghazi: "LY",
  Berlin: "DE",
  Bermuda: "BM",
  Bled: "SI",
  Bombay: "IN",
  Bonn: "DE",
  Brioni: "HR",
  Brussels: "BE",
  Calcutta: "IN",
  "Cape Town": "ZA",
  Capetown: "ZA",
  Casablanca: "MA",
  Chequers: "GB",
  Colombo: "LK",
  Constantine: "DZ",
  Cracow: "PL",
  Dacca: "BD",
  Dakar: "SN",
  Damascus: "SY",
  "Dar es Salaam": "TZ",
  "Dar-es-Salaam": "TZ",
  Dhahran: "SA",
  Djakarta: "ID",
  Durban: "ZA",
  Durres: "AL",
  "East Berlin": "DE",
  Entebbe: "UG",
  Fez: "MA",
  Frankfurt: "DE",
  Gdansk: "PL",
  Gdynia: "PL",
  Geneva: "CH",
  Glasgow: "GB",
  Goa: "IN",
  Grafenau: "DE",
  "Guatemala City": "GT",
  Hamburg: "DE",
  Hangchow: "CN",
  Hanoi: "VN",
  Helsinki: "FI",
  "Hong Kong": "HK",
  Ifrane: "MA",
  Innsbruck: "AT",
  Isfahan: "IR",
  Islamabad: "PK",
  Istanbul: "TR",
  Izmir: "TR",
  Jerusalem: "",
  Jidda: "SA",
  Jiddah: "SA",
  Jeddah: "SA",
  Johannesburg: "ZA",
  Karachi: "PK",
  Karlovy: "CZ",
  Kiev: "UA",
  Kobe: "JP",
  Kyoto: "JP",
  Kuwait: "KW",
  Lagos: "NG",
  Lahore: "PK",
  Leningrad: "RU",
  Leopoldville: "CD",
  Léopoldville: "CD",
  "Lourenco Marques": "MZ",
  "Lourenço Marques": "MZ",
  Lausanne: "CH",
  Lyon: "FR",
  Madras: "IN",
  Malta: "MT",
  Marrakech: "MA",
  Marrakesh: "MA",
  Melbourne: "AU",
  "Mexico City": "MX",
  Milan: "IT",
  Mons: "BE",
  Montreal: "CA",
  Munich: "DE",
  Naples: "IT",
  "New Delhi": "IN",
  Nuremberg: "DE",
  Oeiras: "PT",
  Osaka: "JP",
  "Panama City": "PA",
  Peking: "CN",
  Peiping: "CN",
  Persepolis: "IR",
  Peshawar: "PK",
  Pitsunda: "GE",
  Poznan: "PL",
  Pretoria: "ZA",
  "Puerto Vallarta": "MX",
  Quebec: "CA",
  Rabat: "MA",
  Ramstein: "DE",
  Rangoon: "MM",
  Rawalpindi: "PK",
  Recife: "BR",
  "Rio de Janeiro": "BR",
  Rotterdam: "NL",
  Saigon: "VN",
  Salisbury: "ZW",
  Salonica: "GR",
  Salzburg: "AT",
  "San Jose": "CR",
  "San José": "CR",
  "Sao Paulo": "BR",
  Seoul: "KR",
  Sevres: "FR",
  Shanghai: "CN",
  Shiraz: "IR",
  Sinai: "EG",
  Sofia: "BG",
  Strasbourg: "FR",
  Stuttgart: "DE",
  Sydney: "AU",
  Taipei: "TW",
  Tangier: "MA",
  Tabriz: "IR",
  Tananarive: "MG",
  "Tel Aviv": "IL",
  Teheran: "IR",
  Tehran: "IR",
  "The Hague": "NL",
  Thessaloniki: "GR",
  Toronto: "CA",
  Vientiane: "LA",
  Versailles: "FR",
  Vladivostok: "RU",
  Yalta: "",
  Yaounde: "CM",
  Zagreb: "HR",
  Zermatt: "CH",
  Zurich: "CH",
  Belgrade: "RS",
  "Contadora Island": "PA",
  "Balboa Heights": "PZPA",
  Naha: "JP",
  Okinawa: "JP",
  Tsinan: "CN",
  Nanking: "CN",
  "Port-of-Spain": "TT",
  "Buenos Aires": "AR",
  Bogota: "CO",
  Bogotá: "CO",
  Asuncion: "PY",
  Brasilia: "BR",
  "Fort-de-France": "MQ",
  Martinique: "MQ",
  Guadeloupe: "GP",
  Azores: "PT",
  Guam: "GU",
  Budapest: "HU",
  Bucharest: "RO",
  Prague: "CZ",
  Warsaw: "PL",
  Bratislava: "SK",
  Tirana: "AL",
  Pristina: "XK",
  Lubumbashi: "CD",
  Elisabethville: "CD",
  Bukavu: "CD",
};
const STATES =
  /^(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|D\.?C\.?|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming)$/;
const OF_US =
  /^(?:Washington|New York(?: City)?|Camp David|Chicago|Boston|Honolulu|Hyannis(?: Port)?|Palm (?:Beach|Springs)|San Francisco|San Clemente|Los Angeles|Gettysburg|Newport|Augusta|Denver|Dallas|Houston|Miami|Key Biscayne|Glassboro|Philadelphia|Seattle|Santa Barbara|Vail|Williamsburg|Wye|New Orleans|Princeton|Baltimore|Detroit|LBJ Ranch|Kansas City|St\. Louis|San Diego|Annapolis|Thomasville|Johnson City|Jacksonville|Rambouillet Lodge)$/;

const BY_SLUG = new Map<string, string>();
for (const [code, { capital }] of Object.entries(today))
  if (capital) BY_SLUG.set(slugOf(capital), code);
for (const [town, code] of Object.entries(TOWNS)) BY_SLUG.set(slugOf(town), code);
// Washington, D.C., and towns that a state of the United States has, too.
BY_SLUG.delete("washington-d-c");

/** Returns whether a name is that of a town: what follows `Embassy`. */
export function isTown(name: string): boolean {
  return BY_SLUG.has(slugOf(name)) || OF_US.test(name);
}

/** A town's country: today's, and the one of a date; null where it is not known, or disputed. */
export interface Where {
  today: string | null;
  then: string | null;
}

/** Returns where a place is, by its last part: a state of the United States, a country or, without one, the town itself. */
export function whereIs(place: string, date: string): Where {
  const parts = place.split(/,\s*/);
  const last = parts.at(-1)!;
  if (OF_US.test(parts[0]!) && (parts.length === 1 || STATES.test(last)))
    return { today: "US", then: "US" };
  if (parts.length > 1 && STATES.test(last)) return { today: "US", then: "US" };
  const code = BY_SLUG.get(slugOf(parts[0]!)) ?? BY_SLUG.get(slugOf(last));
  if (code === "PZPA") return { today: "PA", then: date < "1979-10-01" ? "PZPA" : "PA" };
  if (code) return { today: code, then: thenOf(slugOf(parts[0]!), code, date) };
  if (code === "") return { today: null, then: null };
  const country = isoOf(last);
  if (country) return { today: country, then: codeThen(country, date) };
  return STATES.test(last) ? { today: "US", then: "US" } : { today: null, then: null };
}

/** Towns whose country was another than what their country of today came of. */
function thenOf(town: string, code: string, date: string): string {
  if (date < "1976-07-02" && town === "hanoi") return "VDVN";
  if (date < "1990-10-03" && town === "east-berlin") return "DDDE";
  if (
    date < "1991-12-26" &&
    ["UA", "GE", "AM", "AZ", "KZ", "UZ", "BY", "LT", "LV", "EE", "MD", "TM", "TJ", "KG"].includes(
      code,
    )
  )
    return "SUHH";
  if (date < "1993" && ["CZ", "SK"].includes(code)) return "CSHH";
  if (date < "1992" && ["HR", "SI", "BA", "MK", "XK", "ME"].includes(code)) return "YUCS";
  return codeThen(code, date);
}

const CODES = new Map(Object.entries(today).map(([code, { name }]) => [slugOf(name), code]));
function isoOf(name: string): string | null {
  return CODES.get(slugOf(name)) ?? (/^West Germany$/.test(name) ? "DE" : null);
}
