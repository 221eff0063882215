import { registerEnumType } from "type-graphql";
import {
  COUNTRY,
  type Facet,
  enumFacet,
  month,
  ORGANIZATION,
  PERSON,
  PLACE,
  YEAR,
} from "../query/facet.js";

export enum MeetingFacet {
  PERSON = "PERSON",
  PARTICIPANT_COUNTRY = "PARTICIPANT_COUNTRY",
  PLACE = "PLACE",
  PLACE_COUNTRY = "PLACE_COUNTRY",
  KIND = "KIND",
  COVERAGE = "COVERAGE",
  YEAR = "YEAR",
  MONTH = "MONTH",
  ORGANIZATION = "ORGANIZATION",
  ROLE = "ROLE",
}

registerEnumType(MeetingFacet, {
  name: "MeetingFacet",
  description:
    "What meetings can be counted by. The values of each are what a field of MeetingFilter takes. May gain values.",
  valuesConfig: {
    PERSON: { description: "Who takes part: slugs of people, for `people`." },
    PARTICIPANT_COUNTRY: {
      description: "On whose behalf: country codes, for `participantCountries`.",
    },
    PLACE: {
      description: "Where: slugs of places, for `places`. One at several counts under each.",
    },
    PLACE_COUNTRY: { description: "In which country of that date: codes, for `placeCountries`." },
    KIND: { description: "What sort of event: for `kinds`." },
    COVERAGE: { description: "Reported or only referred to: for `coverages`." },
    YEAR: {
      description:
        "In which year, for `date` as `{from, to}`: of several days or an uncertain date the first year.",
    },
    MONTH: {
      description:
        "In which month, `2024-11`, for `date` as `{from, to}`: of several days the month of the first. A date known only to the " +
        "year counts in no month.",
    },
    ORGANIZATION: {
      description: "Which organization takes part or convenes it: slugs, for `organizations`.",
    },
    ROLE: {
      description:
        "In which roles anybody takes part: for `roles`. One with several counts under each.",
    },
  },
});

/** The facets of the meetings `m`. */
export const MEETING_FACETS: Record<MeetingFacet, Facet> = {
  PERSON: {
    join: "JOIN participation x ON x.meeting_id = m.id",
    key: "x.person_id",
    ...PERSON,
    repeats: true,
    lists: "meeting_of_person",
  },
  PARTICIPANT_COUNTRY: {
    join: "JOIN participation x ON x.meeting_id = m.id",
    key: "x.country_code",
    ...COUNTRY,
    repeats: true,
    lists: "meeting_of_country",
  },
  PLACE: {
    join: "JOIN meeting_place x ON x.meeting_id = m.id",
    key: "x.place_id",
    ...PLACE,
    lists: "meeting_at_place",
  },
  PLACE_COUNTRY: { key: "m.place_country_code", ...COUNTRY },
  KIND: enumFacet("m.kind"),
  COVERAGE: enumFacet("m.coverage"),
  YEAR,
  MONTH: month("coalesce(m.start_from, m.end_from)", "coalesce(m.start_to, m.end_to)"),
  ORGANIZATION: {
    join: "JOIN meeting_of_organization x ON x.meeting_id = m.id",
    key: "x.organization_id",
    ...ORGANIZATION,
    lists: "meeting_of_organization",
  },
  ROLE: {
    join: "JOIN participation x ON x.meeting_id = m.id",
    ...enumFacet("x.role"),
    repeats: true,
  },
};
