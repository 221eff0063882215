import { connectionType } from "../query/connection.js";
import { SourceDocument } from "./source-document.entity.js";

/** The type of every list of documents. */
export const SourceDocumentConnection = connectionType("SourceDocument", SourceDocument);
