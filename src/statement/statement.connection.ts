import { connectionType } from "../query/connection.js";
import { Statement } from "./statement.entity.js";

export const StatementConnection = connectionType("Statement", Statement);
