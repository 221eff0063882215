import { connectionType } from "../query/connection.js";
import { Agreement } from "./agreement.entity.js";

export const AgreementConnection = connectionType("Agreement", Agreement);
