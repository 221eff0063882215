import { html, type Content, type Html } from "./html.js";
import { webLink } from "./links.js";

/** Who gives identifiers, in words, and the address of the page about an item where it is documented. */
interface Scheme {
  name: string;
  address?: (value: string) => string;
}

/** The schemes that the project's importers use. Others are shown by their own name. */
const SCHEMES: Record<string, Scheme> = {
  wikidata: { name: "Wikidata" },
  pocom: {
    name: "US Department of State, Office of the Historian (POCOM)",
    address: (value) =>
      `https://history.state.gov/departmenthistory/people/${encodeURIComponent(value)}`,
  },
};

/** An identifier of an item in another dataset, as the API gives it. */
interface Identifier {
  scheme: string;
  value: string;
  url: string | null;
}

/** The identifiers of an item in other datasets, each with a link to what is there; null if it has none. */
export function inOtherDatasets(identifiers: readonly Identifier[]): Content {
  if (identifiers.length === 0) return null;
  return html`<ul>${identifiers.map((one) => html`<li>${identifierOf(one)}</li>`)}</ul>`;
}

function identifierOf({ scheme, value, url }: Identifier): Html {
  const known = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  const address = url ?? known?.address?.(value) ?? null;
  return html`${known?.name ?? scheme}: ${webLink(address, value)}`;
}
