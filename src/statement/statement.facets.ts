import { registerEnumType } from "type-graphql";
import {
  COUNTRY,
  type Facet,
  facetByName,
  enumFacet,
  month,
  ORGANIZATION,
  PERSON,
  PLACE,
  YEAR,
} from "../query/facet.js";

export enum StatementFacet {
  SPEAKER = "SPEAKER",
  SPEAKER_COUNTRY = "SPEAKER_COUNTRY",
  ADDRESSEE = "ADDRESSEE",
  PLACE = "PLACE",
  PLACE_COUNTRY = "PLACE_COUNTRY",
  MEETING = "MEETING",
  TOPIC = "TOPIC",
  FORM = "FORM",
  STANDING = "STANDING",
  YEAR = "YEAR",
  MONTH = "MONTH",
  ADDRESSEE_ORGANIZATION = "ADDRESSEE_ORGANIZATION",
  SPEAKER_ORGANIZATION = "SPEAKER_ORGANIZATION",
}

registerEnumType(StatementFacet, {
  name: "StatementFacet",
  description:
    "What statements can be counted by. The values of each are what a field of StatementFilter takes. May gain values.",
  valuesConfig: {
    SPEAKER: {
      description:
        "Who speaks: slugs of people, for `speakers`. A joint statement counts once under each.",
    },
    SPEAKER_COUNTRY: {
      description:
        "On whose behalf: country codes, for `speakerCountries`. A joint statement counts once under each.",
    },
    ADDRESSEE: { description: "To whom: slugs of people, for `addressees`." },
    PLACE: { description: "Where: slugs of places, for `places`." },
    PLACE_COUNTRY: { description: "In which country of that date: codes, for `placeCountries`." },
    MEETING: { description: "At which meeting: slugs, for `meetings`." },
    TOPIC: { description: "What about: slugs of topics, for `topics`." },
    FORM: { description: "Quoted, summarised, or a note-taker's account: for `forms`." },
    STANDING: { description: "Whether it still stands: for `standings`." },
    YEAR: {
      description:
        "In which year, for `date` as `{from, to}`: of several days or an uncertain date the first year.",
    },
    MONTH: {
      description:
        "In which month, `2024-11`, for `date` as `{from, to}`: of several days the month of the first. A date known only to the " +
        "year counts in no month.",
    },
    ADDRESSEE_ORGANIZATION: {
      description: "To which organization: slugs, for `addresseeOrganizations`.",
    },
    SPEAKER_ORGANIZATION: {
      description:
        "On behalf of which organization: slugs, for `speakerOrganizations`. A joint statement counts once under each.",
    },
  },
});

/** The facets of the statements `s`. */
export const STATEMENT_FACETS: Record<StatementFacet, Facet> = {
  SPEAKER: {
    join: "JOIN speaker x ON x.statement_id = s.id",
    key: "x.person_id",
    ...PERSON,
    repeats: true,
    lists: "statement_of_person",
  },
  SPEAKER_COUNTRY: {
    join: "JOIN speaker x ON x.statement_id = s.id",
    key: "x.country_code",
    ...COUNTRY,
    repeats: true,
    lists: "statement_of_country",
  },
  ADDRESSEE: {
    join: "JOIN addressee x ON x.statement_id = s.id",
    key: "x.person_id",
    ...PERSON,
    repeats: true,
  },
  PLACE: { key: ({ place_id = "s.place_id" }) => place_id, ...PLACE, lists: "statement_at_place" },
  PLACE_COUNTRY: {
    key: ({ place_country_code = "s.place_country_code" }) => place_country_code,
    ...COUNTRY,
  },
  MEETING: { key: "s.meeting_id", ...facetByName("meeting", "id", "slug", "title") },
  TOPIC: {
    join: "JOIN topic_of_statement x ON x.statement_id = s.id",
    key: "x.topic_id",
    ...facetByName("statement_topic", "id", "slug", "label"),
    lists: "statement_on_topic",
  },
  FORM: enumFacet("s.form"),
  STANDING: enumFacet("s.standing"),
  YEAR,
  MONTH: month("s.date_from", "s.date_to"),
  ADDRESSEE_ORGANIZATION: {
    join: "JOIN addressee x ON x.statement_id = s.id",
    key: "x.organization_id",
    ...ORGANIZATION,
    repeats: true,
  },
  SPEAKER_ORGANIZATION: {
    join: "JOIN speaker x ON x.statement_id = s.id",
    key: "x.organization_id",
    ...ORGANIZATION,
    repeats: true,
    lists: "statement_of_organization",
  },
};
