/** Country codes by adjective. Ambiguous ones (`Korean`, `Congolese`) are left out. */
const ADJECTIVES =
  "Afghan AF Albanian AL Algerian DZ Angolan AO Argentine AR Armenian AM Australian AU Austrian AT Azerbaijani AZ Bahraini BH Bangladeshi BD Belarusian BY Belgian BE Bolivian BO Bosnian BA Brazilian BR British GB Bulgarian BG Cambodian KH Canadian CA Chilean CL Chinese CN Colombian CO Croatian HR Cuban CU Cypriot CY Czech CZ Czechoslovak CSHH Danish DK Dutch NL Ecuadorian EC Egyptian EG Estonian EE Ethiopian ET Finnish FI French FR Georgian GE German DE Ghanaian GH Greek GR Guatemalan GT Haitian HT Honduran HN Hungarian HU Icelandic IS Indian IN Indonesian ID Iranian IR Iraqi IQ Irish IE Israeli IL Italian IT Japanese JP Jordanian JO Kazakh KZ Kenyan KE Kosovar XK Kuwaiti KW Kyrgyz KG Laotian LA Latvian LV Lebanese LB Liberian LR Libyan LY Lithuanian LT Macedonian MK Malaysian MY Malian ML Mexican MX Moldovan MD Mongolian MN Montenegrin ME Moroccan MA Nigerian NG Norwegian NO Omani OM Pakistani PK Palestinian PS Panamanian PA Peruvian PE Philippine PH Polish PL Portuguese PT Qatari QA Romanian RO Russian RU Rwandan RW Salvadoran SV Saudi SA Serbian RS Singaporean SG Slovak SK Slovenian SI Somali SO Soviet SUHH Spanish ES Sudanese SD Swedish SE Swiss CH Syrian SY Tanzanian TZ Thai TH Tunisian TN Turkish TR Ugandan UG Ukrainian UA Uruguayan UY Uzbek UZ Venezuelan VE Vietnamese VN Yemeni YE Yugoslav YUCS Zambian ZM Djiboutian DJ Nicaraguan NI Senegalese SN Paraguayan PY Nepalese NP Turkmen TM Tajik TJ Mauritanian MR Maldivian MV Gabonese GA Zimbabwean ZW Namibian NA Mozambican MZ Cameroonian CM Emirati AE Luxembourg LU Kosovo XK Ivorian CI Maltese MT Bhutanese BT";

const BY_ADJECTIVE = new Map<string, string | null>([
  ["South Korean", "KR"],
  ["North Korean", "KP"],
  ["South African", "ZA"],
  ["South Vietnamese", "VN"],
  ["North Vietnamese", "VDVN"],
  ["South Sudanese", "SS"],
  ["East German", "DDDE"],
  ["West German", "DE"],
  ["Saudi Arabian", "SA"],
  ["New Zealand", "NZ"],
  ["Costa Rican", "CR"],
  ["Sri Lankan", "LK"],
  ["Palestinian Authority", "PS"],
  // Not the country of the second word alone.
  ["Northern Irish", null],
  ["Bosnian Serb", null],
  ["Turkish Cypriot", null],
  ["Greek Cypriot", null],
  ["Chinese Nationalist", null],
]);
const pairs = ADJECTIVES.split(" ");
for (let i = 0; i < pairs.length; i += 2) BY_ADJECTIVE.set(pairs[i]!, pairs[i + 1]!);

/** Returns all adjectives with the country's code; null where none is meant. */
export function countryAdjectives(): Iterable<[adjective: string, country: string | null]> {
  return BY_ADJECTIVE;
}

/** Finds a country's adjective at the start of these words; null if there is none. */
export function adjectiveIn(words: string[]): { words: number; country: string | null } | null {
  for (const length of [2, 1]) {
    const country = BY_ADJECTIVE.get(words.slice(0, length).join(" "));
    if (country !== undefined) return { words: length, country };
  }
  return null;
}
