import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Place } from "../place/place.entity.js";
import { Meeting } from "./meeting.entity.js";

/** A place of a meeting; positions are the order in the record. */
@Entity({ name: "meeting_place" })
@Index("meeting_place_place", ["placeId"])
export class MeetingPlace {
  @ForeignKey(() => Meeting, { name: "meeting_place_of_meeting", onDelete: "CASCADE" })
  @PrimaryColumn("uuid", { name: "meeting_id" })
  readonly meetingId: string;

  @Column("smallint")
  position: number;

  @ForeignKey(() => Place, { name: "meeting_place_of_place" })
  @PrimaryColumn("uuid", { name: "place_id" })
  readonly placeId: string;
}
