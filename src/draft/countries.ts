import { referenceCountries } from "../country/country.reference.js";

/**
 * Adjectives of countries, by code, whether or not they are the name with `n`, `an` or `ian`. Adjectives of two countries (Congolese,
 * Korean, Guinean) are left out.
 */
const ADJECTIVES = `
  AF Afghan; AL Albanian; DZ Algerian; AO Angolan; AR Argentine,Argentinian; AM Armenian; AU Australian; AT Austrian; AZ Azerbaijani,Azeri;
  BH Bahraini; BD Bangladeshi; BY Belarusian; BE Belgian; BZ Belizean; BJ Beninese; BT Bhutanese; BO Bolivian; BA Bosnian; BW Botswanan;
  BR Brazilian; BN Bruneian; BG Bulgarian; BF Burkinabe; BI Burundian; KH Cambodian; CM Cameroonian; CA Canadian; CV Cape Verdean;
  TD Chadian; CL Chilean; CN Chinese; CO Colombian; KM Comorian; CR Costa Rican; HR Croatian; CU Cuban; CY Cypriot; CZ Czech; DK Danish;
  DJ Djiboutian; EC Ecuadorian,Ecuadorean; EG Egyptian; SV Salvadoran; ER Eritrean; EE Estonian; ET Ethiopian; FJ Fijian; FI Finnish;
  FR French; GA Gabonese; GM Gambian; DE German; GH Ghanaian; GR Greek; GT Guatemalan; GY Guyanese; HT Haitian; HN Honduran;
  HU Hungarian; IS Icelandic; IN Indian; ID Indonesian; IR Iranian; IQ Iraqi; IE Irish; IL Israeli; IT Italian; CI Ivorian; JM Jamaican;
  JP Japanese; JO Jordanian; KZ Kazakh,Kazakhstani; KE Kenyan; XK Kosovar; KW Kuwaiti; KG Kyrgyz; LA Lao,Laotian; LV Latvian;
  LB Lebanese; LR Liberian; LY Libyan; LT Lithuanian; LU Luxembourgish; MG Malagasy; MW Malawian; MY Malaysian; MV Maldivian; ML Malian;
  MT Maltese; MR Mauritanian; MU Mauritian; MX Mexican; MD Moldovan; MN Mongolian; ME Montenegrin; MA Moroccan; MZ Mozambican;
  MM Burmese; NA Namibian; NP Nepali,Nepalese; NL Dutch; NZ New Zealand; NI Nicaraguan; NE Nigerien; NG Nigerian; KP North Korean;
  MK Macedonian; NO Norwegian; OM Omani; PK Pakistani; PS Palestinian; PA Panamanian; PY Paraguayan; PE Peruvian; PH Philippine,Filipino;
  PL Polish; PT Portuguese; QA Qatari; RO Romanian; RU Russian; RW Rwandan; WS Samoan; SA Saudi; SN Senegalese; RS Serbian;
  SC Seychellois; SL Sierra Leonean; SG Singaporean; SK Slovak; SI Slovenian,Slovene; SO Somali; ZA South African; KR South Korean;
  SS South Sudanese; ES Spanish; LK Sri Lankan; SD Sudanese; SR Surinamese; SE Swedish; CH Swiss; SY Syrian; TW Taiwanese; TJ Tajik;
  TZ Tanzanian; TH Thai; TL Timorese; TG Togolese; TO Tongan; TN Tunisian; TR Turkish; TM Turkmen; UG Ugandan; UA Ukrainian; AE Emirati;
  GB British; US American; UY Uruguayan; UZ Uzbek; VU Vanuatuan; VE Venezuelan; VN Vietnamese; YE Yemeni; ZM Zambian; ZW Zimbabwean
`;

/** Further names in use for today's countries, beside those of Unicode CLDR. */
const OTHER_NAMES = `
  US United States of America,United States,USA,U.S.,US; GB Britain,Great Britain,UK,U.K.; CZ Czech Republic; LA Lao PDR,Lao People's Democratic Republic;
  MM Burma,Myanmar; NZ NZ; TR Turkey,Türkiye; CI Ivory Coast; CV Cape Verde; SZ Swaziland; MK Macedonia,North Macedonia; RU Russian Federation; SY Syrian Arab Republic;
  IR Islamic Republic of Iran; CN People's Republic of China,PRC; AE UAE,United Arab Emirates; VN Viet Nam; KR Republic of Korea;
  KP DPRK,D.P.R.K.; PS Palestine; VA Holy See; BA Bosnia; CD Democratic Republic of the Congo,DRC
`;

/** Ambiguous names: also those of people, states of other countries and so on. */
const AMBIGUOUS = new Set([
  "Georgia",
  "Jordan",
  "Chad",
  "Guernsey",
  "Jersey",
  "Congo",
  "Guinea",
  "Korea",
  "Micronesia",
  "Dominica",
]);

let byName: Map<string, string> | undefined;
const adjectives = new Map(entriesIn(ADJECTIVES));

function entriesIn(list: string): [string, string][] {
  return list
    .trim()
    .split(/;\s*/)
    .flatMap((entry) => {
      const [code = "", ...rest] = entry.trim().split(" ");
      return rest
        .join(" ")
        .split(",")
        .map((name): [string, string] => [name, code]);
    });
}

/** Returns the names of today's countries in English, with their codes. */
export function countryNames(): ReadonlyMap<string, string> {
  byName ??= new Map([
    ...referenceCountries().flatMap(({ code, name, withdrawn }): [string, string][] =>
      withdrawn === null && !AMBIGUOUS.has(name)
        ? [
            [name, code],
            [name.replaceAll("’", "'"), code],
          ]
        : [],
    ),
    ...entriesIn(OTHER_NAMES),
  ]);
  return byName;
}

/** Returns the country of an adjective: `Laotian`; undefined if it is none, or that of several. */
export function countryOfAdjective(word: string): string | undefined {
  return adjectives.get(word);
}

/** Returns whether words are a country's name or its adjective. */
export function isCountryWord(words: string): boolean {
  const plain = words.replace(/['’]s?$/u, "");
  return countryNames().has(plain) || adjectives.has(plain) || AMBIGUOUS.has(plain);
}

/** A country that a text names. */
export interface NamedCountry {
  start: number;
  end: number;
  code: string;
}

let pattern: RegExp | undefined;

/** Finds the countries that a text names, longest names first, by name alone and never inside a longer name. */
export function countriesIn(text: string): NamedCountry[] {
  const names = countryNames();
  pattern ??= patternOf([...names.keys()]);
  return [...text.matchAll(pattern)].map(({ index, 0: name }) => ({
    start: index,
    end: index + name.length,
    code: names.get(name)!,
  }));
}

function patternOf(names: string[]): RegExp {
  const longestFirst = names.sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join("|")})(?![\\p{L}\\p{N}])`, "gu");
}

function escaped(name: string): string {
  return name.replace(/[.()]/g, "\\$&");
}
