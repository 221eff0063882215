import { connectionType } from "../paging/connection.js";
import { Meeting } from "./meeting.entity.js";

export const MeetingConnection = connectionType("Meeting", Meeting);
