import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Side } from "../person/side.entity.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { ParticipationRole } from "./meeting.enums.js";
import { Meeting } from "./meeting.entity.js";

@ObjectType({
  description:
    "One who takes part in a meeting, and for whom. At least one of person, country, organization and description is set.",
})
@Entity({ name: "participation" })
@Index("participation_meeting", ["meetingId", "position", "id"])
@Index("participation_person", ["personId"])
@Index("participation_country", ["countryCode"])
@Index("participation_organization", ["organizationId", "meetingId"], {
  where: "organization_id IS NOT NULL",
})
export class Participation extends Side {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @ForeignKey(() => Meeting, { name: "participation_in_meeting", onDelete: "CASCADE" })
  @Column("uuid", { name: "meeting_id" })
  meetingId: string;

  @Column("smallint", { select: false })
  position: number;

  @Field(() => ParticipationRole, { description: "The part played; PARTICIPANT when not said." })
  @Column("enum", { enum: ParticipationRole, enumName: "participation_role" })
  role: ParticipationRole;

  @ForeignKey(() => SourceDocument, { name: "participation_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;
}
