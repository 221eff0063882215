import type { Organization, Person, Place } from "../records.js";
import type { Tally } from "../tally.js";
import type { Entry, PopoloFile } from "./popolo.file.js";
import { dateIn, identifiersIn, nameIn, otherNamesIn, Slugs, textIn } from "./popolo.values.js";

/** What a dataset is, beside what its file says. */
export interface DatasetOptions {
  /** The key of its document, with which all slugs begin. */
  key: string;
  /** The country whose bodies, offices and places it lists; null if of several. */
  country: string | null;
}

/** The slugs of items, by their id in the file. */
export type SlugsById = ReadonlyMap<string, string>;

/** People, organizations and places, and the slugs by which facts name them. */
export interface Nouns {
  people: Person[];
  organizations: Organization[];
  places: Place[];
  slugs: { people: SlugsById; organizations: SlugsById; places: SlugsById };
}

/** What the record format has no place for, by list. */
const UNMAPPED: Readonly<Record<string, readonly string[]>> = {
  persons: [
    "gender",
    "image",
    "email",
    "contact_details",
    "links",
    "biography",
    "summary",
    "national_identity",
  ],
  organizations: [
    "founding_date",
    "dissolution_date",
    "image",
    "contact_details",
    "links",
    "abstract",
    "description",
  ],
  areas: ["parent_id", "classification"],
};

/** The kinds of organizations, by words of their classification. */
const KINDS: readonly (readonly [RegExp, Organization["kind"]])[] = [
  [/\bparty\b|political group|\bfaction\b/i, "PARTY"],
  [
    /legislature|parliament|chamber|senate|ministry|government|executive|cabinet|committee|court|army/i,
    "GOVERNMENT_BODY",
  ],
  [/intergovernmental|international/i, "INTERGOVERNMENTAL"],
];

/** Maps the people, organizations and areas of a file. */
export function nounsOf(file: PopoloFile, options: DatasetOptions, tally: Tally): Nouns {
  const people = new Map<string, string>();
  const organizations = new Map<string, string>();
  const places = new Map<string, string>();
  const slugs = { people, organizations, places };
  const named = namer(options, tally);
  const persons = named("persons", file.persons, people);
  const bodies = named("organizations", file.organizations, organizations);
  const areas = named("areas", file.areas, places);
  return {
    slugs,
    people: persons.map((one) => personOf(one, tally)),
    organizations: bodies.map((one) => organizationOf(one, organizations, options, tally)),
    places: areas.map((one) => placeOf(one, options)),
  };
}

/** An item with a slug and a name. */
interface Named {
  entry: Entry;
  at: string;
  slug: string;
  name: string;
}

function namer({ key }: DatasetOptions, tally: Tally) {
  return (list: string, entries: Entry[], slugs: Map<string, string>): Named[] => {
    const given = new Slugs(`${key.replace(/[/.]/g, "-")}-`);
    return entries.flatMap((entry, i) => {
      tally.rows++;
      const id = textIn(entry, "id");
      const at = `${list}/${id ?? i}`;
      const name = nameIn(entry);
      if (name === null) {
        tally.skip("has no name, or one of more than 300 characters", at);
        return [];
      }
      if (id !== null && slugs.has(id)) {
        tally.skip("has the id of another one", at);
        return [];
      }
      const slug = given.give(name, id ?? String(i));
      if (id === null) tally.note("has no id, so nothing can refer to it", at);
      else slugs.set(id, slug);
      for (const property of UNMAPPED[list]!)
        if (isPresent(entry[property])) tally.note(`${list}: no place for ${property}`, at);
      return [{ entry, at, slug, name }];
    });
  };
}

function isPresent(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== "";
}

function personOf({ entry, at, slug, name }: Named, tally: Tally): Person {
  const family = nameIn(entry, "family_name");
  const given = nameIn(entry, "given_name");
  const inOrder = family !== null && given !== null ? `${family}, ${given}`.slice(0, 300) : name;
  return {
    slug,
    name,
    sortName: nameIn(entry, "sort_name") ?? inOrder,
    otherNames: otherNamesIn(entry, name),
    birthDate: dateIn(entry, "birth_date", at, tally),
    deathDate: dateIn(entry, "death_date", at, tally),
    identifiers: identifiersIn(entry),
  };
}

function organizationOf(
  { entry, at, slug, name }: Named,
  slugs: SlugsById,
  { country }: DatasetOptions,
  tally: Tally,
): Organization {
  const classification = textIn(entry, "classification") ?? "";
  const kind = KINDS.find(([words]) => words.test(classification))?.[1];
  const parentId = textIn(entry, "parent_id") ?? textIn(entry, "parent_organization_id");
  const parent = parentId === null ? undefined : slugs.get(parentId);
  if (parentId !== null && (parent === undefined || parent === slug))
    tally.note("organizations: nothing has the id of its parent", at);
  return {
    slug,
    name,
    otherNames: otherNamesIn(entry, name),
    ...(kind && { kind }),
    ...(country !== null && (kind === "PARTY" || kind === "GOVERNMENT_BODY") && { country }),
    ...(parent !== undefined && parent !== slug && { parent }),
    identifiers: identifiersIn(entry),
  };
}

function placeOf({ entry, slug, name }: Named, { country }: DatasetOptions): Place {
  const coordinates = pointOf(entry.geometry);
  return {
    slug,
    name,
    otherNames: otherNamesIn(entry, name),
    ...(country !== null && { country }),
    ...(coordinates && { coordinates }),
    identifiers: identifiersIn(entry),
  };
}

/** The coordinates of a GeoJSON point; of another geometry none. */
function pointOf(geometry: unknown): { latitude: number; longitude: number } | null {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type !== "Point" || !Array.isArray(coordinates)) return null;
  const [longitude, latitude] = coordinates as unknown[];
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
