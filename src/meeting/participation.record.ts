import { z } from "zod";
import { partyKeys, side } from "../person/side.record.js";
import { value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { citations } from "../source/citation.record.js";
import { ParticipationRole } from "./meeting.enums.js";
import type { Participation } from "./participation.entity.js";

/** The record format of a participant of a meeting. */
export const participation = recordItem<Participation>()({
  noun: "participation",
  typename: "Participation",
  table: "participation",
  fields: {
    ...side,
    role: value(
      "role",
      z.enum(ParticipationRole).default(ParticipationRole.PARTICIPANT),
      "What part it had in the meeting.",
    ),
    citations: citations("participationId"),
  },
  derived: ["position"],
  partyKeys,
  entry: {
    containers: ["meetingId"],
    key: (entry, meeting, ids) => `${meeting.key}/${partyKeys.keyOf(entry, ids.firstKey)}`,
    subject: (row) => partyKeys.rowKeyOf(row),
    label: (text) => {
      const names = ["person_id", "organization_id", "country_code", "description"].map(text);
      return [names.filter(Boolean).join("/"), "in", text("meeting_id")].filter(Boolean).join(" ");
    },
  },
});
