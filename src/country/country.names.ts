import { createHash } from "node:crypto";

/**
 * The languages with country names in Unicode CLDR, and their varieties and scripts with other names for some countries. A
 * constant, since Intl can check whether it supports a tag, but can't list the tags that it supports.
 */
const LANGUAGES =
  "af ak am ar ar-SA as asa ast az az-Cyrl bas be bem bez bg bgc bho blo bm bn bn-IN bo br brx bs " +
  "bs-Cyrl bua ca ccp ce ceb cgg chr ckb cs csw cv cy da dav de de-CH dje dsb dua dyo dz ebu ee el en " +
  "en-AU en-CA eo es es-419 et eu ewo fa fa-AF ff ff-Adlm fi fil fo fr fr-BE fr-CA fur fy ga gaa gd gl " +
  "gsw gu guz gv ha haw he hi hi-Latn hr hsb hu hy ia id ie ig ii is it ja jgo jmc jv ka kab kam kde " +
  "kea kgp khq ki kk kk-Arab kkj kl kln km kn ko ko-KP kok kok-Latn ks ks-Deva ksb ksf ksh ku kw kxv " +
  "kxv-Deva kxv-Orya kxv-Telu ky lag lb lg lij lkt lmo ln lo lrc lt lu luo luy lv mai mas mer mfe mg " +
  "mgh mgo mi mk ml mn mni mr ms mt mua my mzn naq nb nd nds ne nl nmg nn nnh nqo nso nus nyn oc om or " +
  "os pa pcm pl pms prg ps ps-PK pt pt-PT qu rm rn ro rof ru ru-UA rw rwk sa sah saq sat sbp sc scn sd " +
  "sd-Deva se se-FI seh ses sg shi shi-Latn shn si sk sl smn sn so sq sr sr-BA sr-Latn sr-Latn-BA sr-ME " +
  "sr-XK st su sv sw sw-CD sw-KE syr szl ta te teo tg th ti tk tn to tok tr tt twq tyv tzm ug uk ur " +
  "ur-IN uz uz-Cyrl vai vai-Latn vec vi vmw vun wae wo xh xnr xog yav yi yo yo-BJ yrl yue yue-Hans za " +
  "zgh zh zh-Hant zh-Hant-HK zu";

/** Identifies the set of names by the versions of CLDR and ICU and the list of languages. */
export function editionOfNames(): string {
  const languages = createHash("sha256").update(LANGUAGES).digest("hex").slice(0, 8);
  return `CLDR ${process.versions.cldr ?? "none"}, ICU ${process.versions.icu ?? "none"}, languages ${languages}`;
}

/** Returns the names of today's countries in all these languages, long and short. Takes half a second. */
export function namesOfCountries(codes: readonly string[]): { code: string; names: string[] }[] {
  const displays = Intl.DisplayNames.supportedLocalesOf(LANGUAGES.split(" ")).flatMap((language) =>
    (["long", "short"] as const).map((style) => displayNames(language, style)),
  );
  return codes.map((code) => {
    const names = displays.map((display) => nameIn(display, code));
    return { code, names: [...new Set(names.filter((name) => name !== undefined))].sort() };
  });
}

const localized = new Map<string, Intl.DisplayNames | undefined>();
const MAX_LANGUAGES = 100;

/** Returns the name of a country in a language (a BCP 47 tag); undefined if it has none in it. */
export function localizedName(code: string, language: string): string | undefined {
  const tag = language.toLowerCase();
  if (!localized.has(tag)) {
    // Clients choose the languages, so the cache must be bounded.
    if (localized.size >= MAX_LANGUAGES) localized.clear();
    localized.set(tag, displayNamesFor(tag));
  }
  const display = localized.get(tag);
  return display && nameIn(display, code);
}

function displayNamesFor(tag: string): Intl.DisplayNames | undefined {
  // zh-yue is the older form of yue, which Intl does not support.
  const language = tag.replace(/^[a-z]{2,3}-(?=[a-z]{3}(?:-|$))/, "");
  try {
    // For an unsupported language, Intl would fall back to the server's.
    const [known] = Intl.DisplayNames.supportedLocalesOf(language);
    return known === undefined ? undefined : displayNames(known, "long");
  } catch {
    return undefined; // a well-formed tag of no language in particular: x-elvish
  }
}

function displayNames(language: string, style: "long" | "short"): Intl.DisplayNames {
  return new Intl.DisplayNames(language, { type: "region", fallback: "none", style });
}

/** Former countries, with four letters, have no name in Intl, which would take two of the letters for a successor's code. */
function nameIn(display: Intl.DisplayNames, code: string): string | undefined {
  return code.length === 2 ? display.of(code) : undefined;
}
