import { referenceToCountry } from "../country/country.linked.js";
import { referenceToOrganization } from "../organization/organization.linked.js";
import type { Citations } from "../records/linked/record.linked.citations.js";
import type { RowOf } from "../records/linked/record.linked.columns.js";
import { compact, factsOf, iri, type Node, term } from "../records/linked/record.linked.context.js";
import type { Citation } from "../source/citation.entity.js";
import type { FactCertainty } from "../source/source.enums.js";
import { referenceToPerson } from "./person.linked.js";
import type { Side } from "./side.entity.js";

/** What is read of a participant or a speaker, `s`, besides its own columns. */
export const SIDE = {
  person: referenceToPerson("s.person_id"),
  country: referenceToCountry("s.country_code"),
  organization: referenceToOrganization("s.organization_id"),
};

type SideRow = Side &
  RowOf<typeof SIDE> & {
    id: string;
    role?: string;
    citations?: Citation[];
  };

/** Participants or speakers, each as a Role of schema.org, which repeats the property that it stands in. */
export const sideNodes = (property: string, sides: readonly SideRow[], citations: Citations) =>
  Promise.all(sides.map((side) => sideNode(property, side, citations)));

async function sideNode(property: string, side: SideRow, citations: Citations): Promise<Node> {
  return compact({
    id: iri(side.id),
    type: "schema:Role",
    "schema:description": side.description,
    "cq:role": term(side.role ?? null),
    citations: await citations.nodes(side.citations),
    ...factsOf(side.id, [
      [property, side.person, side.personCertainty],
      ["cq:onBehalfOf", side.country, side.countryCertainty],
      ["cq:onBehalfOf", side.organization, side.organizationCertainty],
    ]),
  });
}

/** What is read of a party to an agreement or an addressee, `p`, besides its own columns. */
export const PARTY = {
  country: referenceToCountry("p.country_code"),
  organization: referenceToOrganization("p.organization_id"),
};

interface PartyRow extends RowOf<typeof PARTY> {
  certainty: FactCertainty;
  person?: Node | null;
}

/** The fact that these are parties or addressees: only that has a certainty. */
export const partyFacts = (property: string, parties: readonly PartyRow[]) =>
  parties.map((party) => [property, partyNode(property, party), party.certainty] as const);

function partyNode(property: string, { person, country, organization }: PartyRow): Node {
  const sides = [country, organization].filter((one) => one !== null);
  if (!person && sides.length === 1) return sides[0]!;
  return compact({ type: "schema:Role", [property]: person, "cq:onBehalfOf": sides });
}
