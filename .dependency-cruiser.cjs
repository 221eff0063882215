const NOUNS = "country|person|place|organization|meeting|statement|agreement|source|topic|search";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "What depends on itself can't be read in an order.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "entities-import-entities-enums-scalars",
      comment: "A table and its type know nothing of how they are asked for.",
      severity: "error",
      from: { path: "\\.entity\\.ts$" },
      to: {
        path: "^src/",
        pathNot: "\\.(entity|enums)\\.ts$|^src/scalars/|^src/source/names-and-identifiers\\.ts$",
      },
    },
    {
      name: "resolvers-belong-to-the-schema",
      comment: "schema.ts is the only importer of resolvers.",
      severity: "error",
      from: { pathNot: "^src/schema\\.ts$" },
      to: { path: "\\.resolver\\.ts$" },
    },
    {
      name: "stores-know-no-graphql",
      comment: "A store answers a question in SQL; it has no idea who asks.",
      severity: "error",
      from: { path: "\\.store\\.ts$" },
      to: {
        path: "node_modules/(graphql|@apollo|type-graphql)/|^src/(context|loaders|server|errors)\\.ts$|^src/graphql/",
      },
    },
    {
      name: "resolvers-know-no-database",
      comment: "A resolver asks a loader.",
      severity: "error",
      from: { path: "\\.resolver\\.ts$" },
      to: { path: "node_modules/(typeorm|pg)/|^src/db/|\\.store\\.ts$" },
    },
    {
      name: "config-is-read-at-the-top",
      comment: "Everything else is told what it needs.",
      severity: "error",
      from: { pathNot: "^(src/(main|cli)\\.ts|tests/)" },
      to: { path: "^src/config\\.ts$" },
    },
    {
      name: "migrations-stand-alone",
      comment: "A migration must mean the same for ever.",
      severity: "error",
      from: { path: "^migrations/" },
      to: { path: "^src/" },
    },
    {
      name: "nouns-meet-through-entities",
      comment: "One noun may use another's entity, never its store or filter; loaders.ts may.",
      severity: "error",
      from: { path: `^src/(${NOUNS})/` },
      to: { path: `^src/(?!$1/)(${NOUNS})/.+\\.(store|filter)\\.ts$` },
    },
    {
      name: "checking-needs-no-database",
      comment:
        "Records are read, checked and anchored by themselves; load and export are over these.",
      severity: "error",
      from: { path: "^src/records/([^/]+$|(files|check|anchor)/)" },
      to: { path: "^src/(db|embedded|query|records/(load|export))/" },
    },
    {
      name: "explorer-knows-the-api-alone",
      comment: "The explorer is an example for other frontends: it could be a project of its own.",
      severity: "error",
      from: { path: "^explorer/" },
      to: { path: "^(?!explorer/)(?!node_modules/)", dependencyTypesNot: ["core"] },
    },
    {
      name: "the-explorer-has-one-door",
      comment: "The service serves the explorer, and knows nothing of its pages.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^explorer/", pathNot: "^explorer/src/explorer\\.ts$" },
    },
    {
      name: "src-imports-no-tests",
      severity: "error",
      from: { path: "^(src|migrations)/" },
      to: { path: "^tests/" },
    },
    {
      name: "only-declared-packages",
      severity: "error",
      // What is generated imports types alone.
      from: { path: "^(src|migrations|explorer)/", pathNot: "\\.d\\.ts$" },
      to: {
        dependencyTypesNot: ["type-only"],
        dependencyTypes: ["npm-dev", "npm-no-pkg", "unknown", "undetermined"],
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    // any-ascii has an entry in "exports" alone.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
