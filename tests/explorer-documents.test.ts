import { readFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { manifest } from "../explorer/src/documents.js";
import { createExplorer, type Execute } from "../explorer/src/explorer.js";
import { EXPLORER_PAGES, FAILURE_PAGES, ISLANDS, TEXT_PAGES } from "./harness/explorer-pages.js";
import { loadFable } from "./harness/explorer-text.js";
import { recordedDatabase, servingService, type ServingService } from "./harness/serving.js";

const FILE = resolve(__dirname, "../explorer/documents.json");
const LANDING = "/";

/** The explorer as somebody runs it elsewhere who has copied it: a client that sends ids of trusted documents and no documents. */
describe("The explorer as a client of a service that takes trusted documents only", () => {
  let folder: string;
  let service: ServingService;
  const explorer = createExplorer({ graphiql: false, linkedData: true, islands: ISLANDS });
  const byId: Execute = async (document, variables) => {
    const sha256Hash = createHash("sha256").update(document).digest("hex");
    const response = await fetch(`${service.address}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        variables,
        extensions: { persistedQuery: { version: 1, sha256Hash } },
      }),
    });
    return (await response.json()) as Awaited<ReturnType<Execute>>;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "communique-explorer-documents-"));
    await symlink(FILE, join(folder, "explorer.json"));
    const environment = {
      COMMUNIQUE_TRUSTED_DOCUMENTS: folder,
      COMMUNIQUE_TRUSTED_DOCUMENTS_ONLY: "true",
      COMMUNIQUE_EXPLORER: "true",
    };
    service = await servingService(await recordedDatabase(loadFable), {}, {}, environment);
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  it("explorer/documents.json has all documents of the explorer (else: npm run client:documents)", () => {
    expect(readFileSync(FILE, "utf8")).toBe(manifest());
  });

  it.each(Object.entries({ ...EXPLORER_PAGES, ...TEXT_PAGES, ...FAILURE_PAGES }))(
    "The page is the same there as here: %s",
    async (_name, address) => {
      const there = await explorer.answer(address, byId);
      const here = await service.get(address);
      expect({ status: there.status, text: there.body }).toEqual(here);
    },
  );

  it("The ways in of the start page are the same there as here", async () => {
    const { text } = await service.get(LANDING);
    const ways = await explorer.waysIn(byId);
    expect(ways).toContain("/people/rajnath-singh");
    expect(text).toContain(ways);
  });
});
