import { createHash } from "node:crypto";

/**
 * The languages that Unicode CLDR names countries in, and those of their varieties and scripts that name
 * some otherwise. Intl can tell of a tag whether it knows it, but not which ones it knows.
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

/** Which names these are: another edition of Unicode CLDR, or another list of languages, has others. */
export function editionOfNames(): string {
  const languages = createHash("sha256").update(LANGUAGES).digest("hex").slice(0, 8);
  return `CLDR ${process.versions.cldr ?? "none"}, ICU ${process.versions.icu ?? "none"}, languages ${languages}`;
}

/** What each of today's countries is called in all these languages, long and short. Takes half a second. */
export function namesOfCountries(codes: readonly string[]): { code: string; names: string[] }[] {
  const speakers = Intl.DisplayNames.supportedLocalesOf(LANGUAGES.split(" ")).flatMap((language) =>
    (["long", "short"] as const).map((style) => displayNames(language, style)),
  );
  return codes.map((code) => {
    const names = speakers.map((speaker) => nameIn(speaker, code));
    return { code, names: [...new Set(names.filter((name) => name !== undefined))].sort() };
  });
}

const localized = new Map<string, Intl.DisplayNames | undefined>();
const MOST_LANGUAGES = 100;

/** What the country is called in a language, a BCP 47 tag; undefined where it has no name in it. */
export function localizedName(code: string, language: string): string | undefined {
  const tag = language.toLowerCase();
  if (!localized.has(tag)) {
    // Clients name the languages: what is kept of them has to have an end.
    if (localized.size >= MOST_LANGUAGES) localized.clear();
    localized.set(tag, speakerOf(tag));
  }
  const speaker = localized.get(tag);
  return speaker && nameIn(speaker, code);
}

function speakerOf(tag: string): Intl.DisplayNames | undefined {
  // zh-yue is an older way to write yue, which Intl does not read.
  const language = tag.replace(/^[a-z]{2,3}-(?=[a-z]{3}(?:-|$))/, "");
  try {
    // A language that it does not know, Intl would answer in that of the server.
    const [known] = Intl.DisplayNames.supportedLocalesOf(language);
    return known === undefined ? undefined : displayNames(known, "long");
  } catch {
    return undefined; // a well-formed tag of no language in particular: x-elvish
  }
}

function displayNames(language: string, style: "long" | "short"): Intl.DisplayNames {
  return new Intl.DisplayNames(language, { type: "region", fallback: "none", style });
}

/** Intl knows no former countries; two of their letters it would take for those of a successor. */
function nameIn(speaker: Intl.DisplayNames, code: string): string | undefined {
  return code.length === 2 ? speaker.of(code) : undefined;
}
