/** RFC 5646, 2.1: language, script, region, variants, extensions, private use; or private use only; or grandfathered. */
const LANGUAGE_TAG = new RegExp(
  "^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?" +
    "(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?" +
    "|x(?:-[a-z0-9]{1,8})+|i-[a-z]{3,8}|en-gb-oed|sgn-be-fr|sgn-be-nl|sgn-ch-de)$",
  "i",
);

/** RFC 5646 requires support for only 35 characters. */
const LONGEST_TAG = 100;

/** Whether the text is a well-formed BCP 47 language tag: `fr`, `zh-Hant`. The language need not exist. */
export function isLanguageTag(text: string): boolean {
  return text.length <= LONGEST_TAG && LANGUAGE_TAG.test(text);
}
