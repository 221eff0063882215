import { connectionType } from "../query/connection.js";
import { Participation } from "./participation.entity.js";

export const ParticipationConnection = connectionType("Participation", Participation);
