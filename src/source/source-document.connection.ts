import { connectionType } from "../query/connection.js";
import { SourceDocument } from "./source-document.entity.js";

export const SourceDocumentConnection = connectionType("SourceDocument", SourceDocument);
