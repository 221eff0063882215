import type { LinkedColumn } from "../records/linked/record.linked.columns.js";
import { dateValue, type Node } from "../records/linked/record.linked.context.js";
import { identifiersOf } from "../records/linked/record.linked.names.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { Country } from "./country.entity.js";

/** A reference to the country with this code, of which its address is made. */
export const referenceToCountry = (code: string): LinkedColumn<Node | null> => ({
  sql: `(SELECT json_build_object('id', 'urn:communique:country:' || r.code, 'type', 'schema:Country',
    'schema:identifier', r.code, 'schema:name', r.name) FROM country r WHERE r.code = ${code})`,
});

/** How a country is written as JSON-LD. */
export const linkedCountry = linkedNoun(Country, {
  columns: { reference: referenceToCountry("x.code") },
  node: ({ code, identifiers, reference, withdrawn }) => ({
    ...reference,
    ...identifiersOf(code, identifiers),
    "cq:withdrawn": dateValue(withdrawn),
  }),
});
