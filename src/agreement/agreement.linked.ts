import { referenceToMeeting } from "../meeting/meeting.linked.js";
import { PARTY, partyFacts } from "../person/side.linked.js";
import { citationsOf } from "../records/linked/record.linked.citations.js";
import { columnsOf, list } from "../records/linked/record.linked.columns.js";
import { dateValue, factsOf, inLanguage, term } from "../records/linked/record.linked.context.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { AgreementParty } from "./agreement-party.entity.js";
import { Agreement } from "./agreement.entity.js";

/** How an agreement is written as JSON-LD. */
export const linkedAgreement = linkedNoun(Agreement, {
  citedBy: "agreement_id",
  columns: {
    parties: list(
      { ...columnsOf(AgreementParty, "p"), ...PARTY },
      "agreement_party p WHERE p.agreement_id = x.id",
      "p.position",
    ),
    signedAt: referenceToMeeting("x.signed_at_id"),
    exchangedAt: referenceToMeeting("x.exchanged_at_id"),
    citations: citationsOf("agreement_id", "x.id"),
  },
  node: async ({ id, ...agreement }, citations) => ({
    type: ["schema:CreativeWork", "cq:Agreement", "prov:Entity"],
    "schema:identifier": agreement.slug,
    "schema:name": inLanguage(agreement.title, "en"),
    "cq:kind": term(agreement.kind),
    "schema:dateCreated": dateValue(agreement.date),
    "cq:signedAt": agreement.signedAt,
    "cq:exchangedAt": agreement.exchangedAt,
    ...(await citations.proof(agreement.citations)),
    ...factsOf(id, partyFacts("cq:party", agreement.parties)),
  }),
});
