/** Nouns that records give items of. */
const RECORDED = "country|person|place|organization|meeting|statement|agreement|topic";
const NOUNS = `${RECORDED}|source|search`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules in a cycle can't be read in order.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "entities-import-entities-enums-scalars",
      comment: "Entities don't depend on queries.",
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
      comment: "Stores run SQL and don't depend on GraphQL.",
      severity: "error",
      from: { path: "\\.store\\.ts$" },
      to: {
        path: "node_modules/(graphql|@apollo|type-graphql)/|^src/(context|loaders|server|errors)\\.ts$|^src/graphql/",
      },
    },
    {
      name: "resolvers-know-no-database",
      comment: "Resolvers read through loaders.",
      severity: "error",
      from: { path: "\\.resolver\\.ts$" },
      to: { path: "node_modules/(typeorm|pg)/|^src/db/|\\.store\\.ts$" },
    },
    {
      name: "config-is-read-at-the-top",
      comment: "Settings are passed as parameters.",
      severity: "error",
      from: { pathNot: "^(src/(main|cli)\\.ts|tests/)" },
      to: { path: "^src/config\\.ts$" },
    },
    {
      name: "migrations-stand-alone",
      comment: "A migration must always do the same, whatever src/ becomes.",
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
        "Reading, checking and anchoring records don't depend on loading, exporting or a database.",
      severity: "error",
      from: {
        path: "^src/(records/([^/]+$|(files|check|anchor)/)|[a-z]+/[^/]+\\.(rules|collected)\\.ts$)",
      },
      to: { path: "^src/(db|embedded|query|records/(load|export))/" },
    },
    {
      name: "records-name-no-noun",
      comment:
        "What records say of a noun is in the noun's folder; record.format.ts and record.nouns.ts list it.",
      severity: "error",
      from: {
        path: "^src/records/",
        pathNot: "/record\\.(nouns|format)\\.ts$",
      },
      to: { path: `^src/(${RECORDED})/` },
    },
    {
      name: "explorer-uses-only-the-api",
      comment: "The explorer is an example for other frontends: it could be a project of its own.",
      severity: "error",
      from: { path: "^explorer/" },
      to: { path: "^(?!explorer/)(?!node_modules/)", dependencyTypesNot: ["core"] },
    },
    {
      name: "explorer-single-entry-point",
      comment: "The service serves the explorer without depending on its pages.",
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
