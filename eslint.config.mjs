import graphql from "@graphql-eslint/eslint-plugin";
import redos from "eslint-plugin-redos";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: ["dist", ".data", ".showcase", "tests/output", "**/node_modules", "**/__generated__"],
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      // One program, that of check:types, and not one for each tsconfig.json.
      parserOptions: { project: "tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Only faults that the compiler misses and a reader would not want to look for.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unnecessary-condition": "error",
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "env",
          message: "The environment is read once, by cli.ts, and parsed in config.ts.",
        },
      ],
    },
  },
  {
    // What clients and records hold meets our patterns: none may take longer by more than the text is longer.
    files: ["{src,importers,migrations,explorer}/**/*.ts"],
    plugins: { redos },
    // By proof alone: what is guessed for patterns that look behind is another thing on a busy machine.
    rules: { "redos/no-vulnerable": ["error", { cache: true, checker: "automaton" }] },
  },
  {
    // What a test reads from an answer is as free as what it may ask.
    files: ["tests/**/*.ts"],
    rules: Object.fromEntries(
      ["argument", "assignment", "call", "member-access", "return"].map((use) => [
        `@typescript-eslint/no-unsafe-${use}`,
        "off",
      ]),
    ),
  },
  {
    files: [
      "src/cli.ts",
      "src/embedded/process.ts",
      "importers/showcase/showcase.ts",
      "tests/**/*.ts",
    ],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["schema.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: "schema.graphql" } },
    },
    rules: {
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
      "@graphql-eslint/no-hashtag-description": "error",
      "@graphql-eslint/naming-convention": [
        "error",
        {
          types: "PascalCase",
          FieldDefinition: "camelCase",
          InputValueDefinition: "camelCase",
          EnumValueDefinition: "UPPER_CASE",
        },
      ],
    },
  },
);
