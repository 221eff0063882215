import { connectionType } from "../query/connection.js";
import { Meeting } from "./meeting.entity.js";

export const MeetingConnection = connectionType("Meeting", Meeting);
