import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyBaseLogger } from "fastify";
import { GraphQLError, type GraphQLSchema, Kind, parse, validate } from "graphql";
import { z } from "zod";
import { documentIdOf, type HooksOf, ifDocumentNamed } from "./apollo.js";
import type { HttpSettings } from "./settings.js";

/** Trusted documents (persisted queries), by the ids that clients send instead of the text. */
export type TrustedDocuments = Map<string, string>;

/** Invalid trusted documents; the message names the file. */
export class TrustedDocumentsError extends Error {}

/** The manifest format of Apollo's tools, and below it that of Relay and GraphQL Code Generator. */
const APOLLO_MANIFEST = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
});
const MANIFEST = z.record(z.string().min(1), z.string());

/** Reads a folder: one document from each `.graphql` file, any number from each `.json` file. All must be valid. */
export async function readTrustedDocuments(
  folder: string,
  schema: GraphQLSchema,
): Promise<TrustedDocuments> {
  const documents: TrustedDocuments = new Map();
  for (const name of await filesIn(folder)) {
    const file = join(folder, name);
    const text = await readFile(file, "utf8").catch((error: Error) => {
      throw new TrustedDocumentsError(`Cannot read ${file}: ${error.message}`);
    });
    const inFile = name.endsWith(".json") ? documentsIn(file, text) : [[idOf(text), text] as const];
    for (const [id, document] of inFile) {
      assertValid(schema, document, inFile.length === 1 ? file : `${file}, ${id}`);
      const ids = [id, idOf(document), idOf(document.trimEnd())];
      for (const each of ids) {
        const other = documents.get(each);
        if (other !== undefined && other.trimEnd() !== document.trimEnd()) {
          throw new TrustedDocumentsError(
            `${file}: the id ${each} is already used by another document`,
          );
        }
        documents.set(each, document);
      }
    }
  }
  if (documents.size > 0) return documents;
  throw new TrustedDocumentsError(
    `${folder} contains no trusted documents: add .graphql files or a manifest (.json), ` +
      "or unset COMMUNIQUE_TRUSTED_DOCUMENTS",
  );
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: Error) => {
    throw new TrustedDocumentsError(
      `COMMUNIQUE_TRUSTED_DOCUMENTS: cannot read the folder: ${error.message}`,
    );
  });
  return names.filter((name) => /\.(graphql|json)$/.test(name)).sort();
}

function documentsIn(file: string, text: string): (readonly [string, string])[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new TrustedDocumentsError(`${file}: ${(error as Error).message}`);
  }
  const apollo = APOLLO_MANIFEST.safeParse(content).data;
  if (apollo) return apollo.operations.map(({ id, body }) => [id, body]);
  const plain = MANIFEST.safeParse(content).data;
  if (plain) return Object.entries(plain);
  throw new TrustedDocumentsError(
    `${file}: expected a manifest, {"format": "apollo-persisted-query-manifest", "version": 1, ` +
      `"operations": [{"id": …, "body": …}]} or {id: document, …}`,
  );
}

function assertValid(schema: GraphQLSchema, text: string, place: string): void {
  try {
    const document = parse(text);
    const [error] = validate(schema, document);
    if (error) throw error;
    const operations = document.definitions.filter(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    );
    if (operations.length === 0) throw new Error("it contains no operation");
    const unknown = operations.find(({ operation }) => !schema.getRootType(operation));
    if (unknown) throw new Error(`this service has no ${unknown.operation}s, only queries`);
  } catch (error) {
    const [line] = (error instanceof GraphQLError && error.locations) || [];
    const where = line ? ` (line ${line.line})` : "";
    throw new TrustedDocumentsError(`${place}${where}: ${(error as Error).message}`);
  }
}

/** The id of a document in the automatic persisted queries protocol: its SHA-256. */
function idOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The form of a `documentId` that says by which hash it is an id. */
const BY_SHA256 = /^sha256:([\da-f]{64})$/;

/**
 * Replaces the id in a request with its document. Clients send ids as `documentId`, of trusted documents only, or as automatic
 * persisted queries do; the ids of a manifest need not be hashes.
 */
function trustDocuments(documents: TrustedDocuments, only: boolean): HooksOf {
  return ({ request }) => {
    // The service's own pages execute their documents inside the process. No client has a say in these.
    if (!request.http) return undefined;
    const documentId = documentIdOf(request.http);
    const { persistedQuery, ...extensions } = request.extensions ?? {};
    const id = documentId ?? (persistedQuery as { sha256Hash?: unknown } | undefined)?.sha256Hash;
    // With neither, Apollo Server rejects the request.
    if (!request.query && id === undefined) return undefined;
    const trusted = request.query
      ? documents.get(idOf(request.query))
      : (documents.get(String(id)) ?? documents.get(BY_SHA256.exec(documentId ?? "")?.[1] ?? ""));
    if (trusted !== undefined) {
      Object.assign(request, { query: request.query || trusted, extensions });
      return undefined;
    }
    if (!only && documentId === undefined) return undefined;
    // A hook can reject it only after parsing and validation, whose errors would reveal the schema; hence the stand-in.
    Object.assign(request, { query: "{ __typename }", operationName: undefined, extensions });
    return {
      didResolveOperation() {
        throw notInList(only ? ONLY_TRUSTED : UNKNOWN_ID);
      },
    };
  };
}

const ONLY_TRUSTED =
  "Only trusted documents are accepted, by their text or their id. Ask the operator to register this one.";

const UNKNOWN_ID =
  "documentId: no trusted document has this id. Ask the operator to register it, or send its text as query.";

function notInList(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: "PERSISTED_QUERY_NOT_IN_LIST", http: { status: 400 } },
  });
}

/** Returns the trusted documents of the settings, if there are any, and the hooks that answer ids. */
export async function configuredDocuments(
  { trustedDocuments, routerSecrets }: HttpSettings,
  schema: GraphQLSchema,
  log: FastifyBaseLogger,
): Promise<{ documents?: TrustedDocuments; hooks: HooksOf[] }> {
  // Without any, an id is answered as one that is not in the list.
  if (!trustedDocuments) return { hooks: [ifDocumentNamed(trustDocuments(new Map(), false))] };
  const { folder, only } = trustedDocuments;
  if (only && routerSecrets !== null) {
    log.warn(
      "COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY has no effect with COMMUNIQUE_ROUTER_SECRET: only the router can send " +
        "requests, and its generated queries cannot be listed. Keep the list in the router.",
    );
  }
  const documents = await readTrustedDocuments(folder, schema);
  return { documents, hooks: [trustDocuments(documents, only && routerSecrets === null)] };
}
