import { registerEnumType } from "type-graphql";

export enum MeetingKind {
  BILATERAL = "BILATERAL",
  MULTILATERAL = "MULTILATERAL",
  SUMMIT = "SUMMIT",
  VISIT = "VISIT",
  JOURNEY = "JOURNEY",
  COMMUNITY_EVENT = "COMMUNITY_EVENT",
  PRESS_EVENT = "PRESS_EVENT",
  SESSION = "SESSION",
  OTHER = "OTHER",
}

export enum MeetingStatus {
  HELD = "HELD",
  PLANNED = "PLANNED",
  CANCELLED = "CANCELLED",
}

export enum MeetingMode {
  IN_PERSON = "IN_PERSON",
  CALL = "CALL",
  VIDEO = "VIDEO",
  HYBRID = "HYBRID",
}

export enum MeetingCoverage {
  REPORTED = "REPORTED",
  REFERRED_TO = "REFERRED_TO",
}

export enum ParentRelation {
  PART_OF = "PART_OF",
  ON_SIDELINES_OF = "ON_SIDELINES_OF",
}

export enum ParticipationRole {
  HOST = "HOST",
  GUEST = "GUEST",
  CHAIR = "CHAIR",
  PARTICIPANT = "PARTICIPANT",
  INTERPRETER = "INTERPRETER",
  NOTE_TAKER = "NOTE_TAKER",
}

/** The roles of interpreters and note-takers, who represent no side. */
export const SERVING_ROLES: readonly ParticipationRole[] = [
  ParticipationRole.INTERPRETER,
  ParticipationRole.NOTE_TAKER,
];

registerEnumType(MeetingKind, {
  name: "MeetingKind",
  description: "What sort of event a meeting is. May gain values.",
  valuesConfig: {
    BILATERAL: { description: "Two sides meet." },
    MULTILATERAL: { description: "More than two sides meet, below the level of a summit." },
    SUMMIT: { description: "A meeting of heads of state or government, or one called so." },
    VISIT: { description: "A stay in one country." },
    JOURNEY: { description: "Several visits made in one go; its stops are its children." },
    COMMUNITY_EVENT: { description: "An event with a community, such as a diaspora." },
    PRESS_EVENT: { description: "A press conference, briefing or interview." },
    SESSION: { description: "One sitting of a larger meeting." },
    OTHER: { description: "None of the others." },
  },
});

registerEnumType(MeetingStatus, {
  name: "MeetingStatus",
  description: "Whether a meeting took place (schema.org EventStatusType). May gain values.",
  valuesConfig: {
    HELD: { description: "It took place." },
    PLANNED: { description: "Announced; the document is from before it." },
    CANCELLED: { description: "Announced and called off." },
  },
});

registerEnumType(MeetingMode, {
  name: "MeetingMode",
  description: "How the sides met (schema.org EventAttendanceModeEnumeration). May gain values.",
  valuesConfig: {
    IN_PERSON: { description: "In one place." },
    CALL: { description: "By telephone." },
    VIDEO: { description: "By video link." },
    HYBRID: { description: "Some in one place, some by link." },
  },
});

registerEnumType(MeetingCoverage, {
  name: "MeetingCoverage",
  description: "Whether the document is about the meeting or only mentions it. May gain values.",
  valuesConfig: {
    REPORTED: { description: "The document is about the meeting itself." },
    REFERRED_TO: {
      description:
        "The document only mentions it: it may have no date, place or participants on record.",
    },
  },
});

registerEnumType(ParentRelation, {
  name: "ParentRelation",
  description: "How a meeting belongs to the larger one it names as its parent. May gain values.",
  valuesConfig: {
    PART_OF: { description: "A part of its programme." },
    ON_SIDELINES_OF: { description: "Beside its programme, on the occasion of it." },
  },
});

registerEnumType(ParticipationRole, {
  name: "ParticipationRole",
  description:
    "The part a participant plays in a meeting. An INTERPRETER or a NOTE_TAKER takes no side: see `Person.counterparts`. May gain " +
    "values.",
  valuesConfig: {
    HOST: { description: "Receives the others." },
    GUEST: { description: "Is received." },
    CHAIR: { description: "Presides." },
    PARTICIPANT: { description: "Takes part; the document says no more." },
    INTERPRETER: { description: "Interprets between those who take part." },
    NOTE_TAKER: { description: "Writes down what is said." },
  },
});
