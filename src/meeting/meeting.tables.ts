import { itemTable, link, partTable, position } from "../records/tables/record.table.js";
import { meeting } from "./meeting.record.js";
import { participation } from "./participation.record.js";

/** The CSV file of meetings. */
export const meetings = itemTable(meeting, {
  name: "meetings",
  description: "Who met whom: encounters, visits, conferences and calls.",
  readable: ["slug", "title"],
});

/** The CSV file of their places. */
export const meetingPlaces = partTable(meeting, "places", {
  name: "meeting_places",
  description: "Where meetings were.",
});

/** The CSV file of their participants. */
export const participations = itemTable(participation, {
  name: "participations",
  description: "Who took part in meetings, and for whom.",
  before: { person: [link("meeting"), position()] },
});
