import { connectionType } from "../query/connection.js";
import { Person } from "./person.entity.js";

export const PersonConnection = connectionType("Person", Person);
