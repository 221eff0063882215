import { connectionType } from "../query/connection.js";
import { RecordChange } from "./record-change.entity.js";

/** The type of every list of changes. They are not counted: a feed has no end. */
export const RecordChangeConnection = connectionType("RecordChange", RecordChange, {
  counted: null,
});
