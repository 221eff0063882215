import { z } from "zod";
import { country } from "../country/country.field.js";
import { certainty, date, reference, value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { slugs } from "../records/record.naming.js";
import { partyKeys } from "../person/side.record.js";
import { parts, recordPart } from "../records/record.parts.js";
import { entriesOrNone, text } from "../records/record.values.js";
import { citations } from "../source/citation.record.js";
import type { AgreementParty } from "./agreement-party.entity.js";
import type { Agreement } from "./agreement.entity.js";
import { AgreementKind } from "./agreement.enums.js";

const party = recordPart<AgreementParty>()({
  table: "agreement_party",
  container: "agreementId",
  key: ["agreementId", "position"],
  partyKeys,
  managed: ["agreementId", "position"],
  fields: {
    country: country("countryCode", "The country bound by it."),
    organization: reference(
      "organization",
      "organizationId",
      "Slug of the organization bound by it.",
    ),
    certainty: certainty("certainty", "that it is a party"),
  },
});

/** The record format of an agreement. */
export const agreement = recordItem<Agreement>()({
  noun: "agreement",
  type: "AGREEMENT",
  typename: "Agreement",
  table: "agreement",
  fields: {
    ...slugs("Names the agreement in this and other records: `india-laos-revised-mou`."),
    title: value("title", text(), "What lists call it, in the record's own words."),
    kind: value("kind", z.enum(AgreementKind), "What sort of agreement it is."),
    date: date("dateFrom", "dateTo", "Of its signing."),
    parties: parts(party, entriesOrNone(party.schema).describe("Who is bound by it.")),
    signedAt: reference("meeting", "signedAtId", "Slug of the meeting at which it was signed."),
    exchangedAt: reference(
      "meeting",
      "exchangedAtId",
      "Slug of the meeting at which copies were exchanged.",
    ),
    citations: citations("agreementId"),
  },
  computed: ["recordedIn", "changedIn"],
});
