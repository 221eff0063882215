import anyAscii from "any-ascii";
import type { NamedItem } from "./names-on-record.store.js";
import type { NameInText } from "./names-in-text.js";
import { isFamilyFirst } from "./name-order.js";
import type { NamedPerson } from "./people.js";

/** An item of a drafted record, as it is written. */
export type DraftItem = Record<string, unknown>;

const LONGEST_SLUG = 60;

/** Returns the slug of a name: `rajnath-singh`; empty if it has no letter or digit. */
export function slugOf(name: string): string {
  return anyAscii(name)
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_SLUG)
    .replace(/^-|-$/g, "");
}

/** Returns a slug that is not taken yet, and takes it. */
export function takeSlug(taken: Set<string>, wanted: string): string {
  let slug = wanted;
  for (let n = 2; taken.has(slug); n++) slug = `${wanted}-${n}`;
  taken.add(slug);
  return slug;
}

/** Returns the item of a person whom the text names, and sets their slug. */
export function draftPerson(
  { name, spellings, slugs }: NamedPerson,
  stored: readonly NamedItem[],
  taken: Set<string>,
): DraftItem & { slug: string } {
  const known = slugs.length === 1 ? stored.find(({ slug }) => slug === slugs[0]) : undefined;
  if (known) {
    taken.add(known.slug);
    const others = [...spellings].filter(
      (one) => one !== known.name && known.otherNames.includes(one),
    );
    return {
      slug: known.slug,
      name: known.name,
      sortName: known.sortName ?? known.name,
      ...some("otherNames", others),
    };
  }
  const todo =
    slugs.length > 1
      ? `Several people on record have this name: ${slugs.join(", ")}. Give the slug of the one meant.`
      : "Not on record. Check the name and how a list sorts it, or give the slug of the one meant.";
  return {
    slug: takeSlug(taken, slugOf(name) || "person"),
    name,
    sortName: sortNameOf(name),
    todo,
  };
}

/** Returns the items on record of a kind that the text names, with the spellings that it uses. */
export function draftKnown(
  names: readonly NameInText[],
  kind: NamedItem["kind"],
  text: string,
): DraftItem[] {
  const found = new Map<string, { item: NamedItem; spellings: Set<string> }>();
  const unclear = new Map<string, string[]>();
  for (const { items, start, end } of names) {
    const own = items.filter((item) => item.kind === kind);
    const words = text.slice(start, end).replace(/\s+/g, " ");
    if (own.length > 1)
      unclear.set(
        words,
        own.map(({ slug }) => slug),
      );
    if (own.length !== 1) continue;
    const one = found.get(own[0]!.slug) ?? { item: own[0]!, spellings: new Set() };
    found.set(own[0]!.slug, one);
    one.spellings.add(words);
  }
  const known = [...found.values()].map(({ item, spellings }) => ({
    slug: item.slug,
    name: item.name,
    ...some(
      "otherNames",
      [...spellings].filter((one) => one !== item.name && item.otherNames.includes(one)),
    ),
    ...(kind === "PLACE" && item.country !== null ? { country: item.country } : {}),
  }));
  const open = [...unclear].map(([name, slugs]) => ({
    name,
    todo: `Several on record have this name: ${slugs.join(", ")}. Give the slug of the one meant.`,
  }));
  return [...known, ...open];
}

/** Returns a list as a property, unless it is empty. */
export function some(property: string, list: readonly unknown[]): DraftItem {
  return list.length === 0 ? {} : { [property]: list };
}

/** Returns how a list sorts a name: by the surname, unless the family name comes first already. */
function sortNameOf(name: string): string {
  const words = name.split(" ");
  if (isFamilyFirst(words)) return name;
  const particle = words.findIndex((word, i) => i > 0 && /^\p{Ll}/u.test(word));
  const at = particle > 0 ? particle : words.length - 1;
  return words.length === 1
    ? name
    : `${words.slice(at).join(" ")}, ${words.slice(0, at).join(" ")}`;
}
