/** English names of countries that have an article in a sentence: what they end with, those of one word, and `Republic of …`. */
const WITH_ARTICLE =
  /\b(?:Antilles|Emirates|Islands|Kingdom|Nations|Netherlands|Republic|SSR|States|Territor(?:y|ies)|Union|Zone)$|^(?:Bahamas|Comoros|Gambia|Holy See|Isle of Man|Maldives|New Hebrides|Philippines|Seychelles)$|\b(?:Kingdom|Republic|States|Territory|Union) of\b/;

/** The article that a country has in a sentence, with a space; empty if it has none. */
export function articleOf(country: string): string {
  return WITH_ARTICLE.test(country) ? "the " : "";
}

/** The name of a country in a sentence: `the United States`, `India`. */
export function theCountry(name: string): string {
  return articleOf(name) + name;
}
