"use strict";
// `npm run schema`: the tables of properties in docs/format.md, from the JSON Schema of record files. With --check it only
// compares, and exits 1 if they are out of date.

const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const PAGE = join(root, "docs/format.md");
const [BEGIN, END] = ["<!-- properties: npm run schema -->\n", "<!-- /properties -->"];

/** The tables of all objects of the format, as Markdown: that of a record, then one for each object inside, in order. */
function propertyTables(schema) {
  const tables = [];
  const seen = new Set();
  const visit = (name, object) => {
    if (seen.has(name)) return;
    seen.add(name);
    tables.push(`### \`${name}\`\n\n${tableOf(object, schema)}`);
    for (const [property, given] of Object.entries(object.properties)) {
      const inside = objectIn(given, schema);
      if (inside)
        visit(inside.name ?? (name === "record" ? property : `${name}.${property}`), inside.object);
    }
  };
  visit("record", schema);
  return tables.join("\n\n");
}

/** The object that a property has, or of which it is a list; undefined if it has none. */
function objectIn(given, schema) {
  const value = resolved(given, schema);
  if (value.properties) return { object: value, name: nameOf(given) };
  if (value.type === "array") return objectIn(value.items, schema);
  for (const one of value.anyOf ?? value.oneOf ?? []) {
    const found = objectIn(one, schema);
    if (found) return found;
  }
  return undefined;
}

const nameOf = ({ $ref }) => $ref?.replace("#/$defs/", "");
const resolved = (given, { $defs }) => (given.$ref ? { ...$defs[nameOf(given)], ...given } : given);

function tableOf({ properties, required = [] }, schema) {
  const rows = Object.entries(properties)
    // Any object may have a todo, and a citation a quote: of the tools, until a record is finished.
    .filter(([name]) => name !== "todo" && name !== "quote")
    .map(([name, given]) => {
      const value = resolved(given, schema);
      return [
        `\`${name}\`${required.includes(name) ? " *" : ""}`,
        typeOf(given, schema),
        given.description ?? value.description ?? "",
      ];
    });
  return table([["property", "type", "meaning"], ...rows]);
}

/** The type and the limits of a value. */
function typeOf(given, schema) {
  const value = resolved(given, schema);
  if (value.enum) return oneOf(value.enum.filter((one) => one !== null));
  if (value.const !== undefined) return `\`${value.const}\``;
  const name = nameOf(given);
  if (name && name !== "certainty") return name;
  const choices = (value.anyOf ?? value.oneOf ?? []).filter(({ type }) => type !== "null");
  if (choices.length > 0)
    return [...new Set(choices.map((one) => typeOf(one, schema)))].join(" or ");
  if (value.type === "array") {
    const bounds = [
      value.minItems && `at least ${number(value.minItems)}`,
      value.maxItems && `at most ${number(value.maxItems)}`,
    ].filter(Boolean);
    const suffix = bounds.length > 0 ? `; ${bounds.join(", ")} entries` : "";
    return `list of ${typeOf(value.items, schema)}${suffix}`;
  }
  if (value.properties) return "object";
  const type = [value.type].flat().filter((one) => one !== "null")[0] ?? "any";
  if (type === "string") return `text${limit(value.maxLength)}`;
  if (value.minimum !== undefined || value.maximum !== undefined)
    return `${type}, ${number(value.minimum)} to ${number(value.maximum)}`;
  return type;
}

/** All codes of countries are told once, under "Values". */
const oneOf = (values) => (values.includes("AQ") ? "country" : values.join(", "));

const limit = (most) => (most ? `, at most ${number(most)}` : "");
const number = (value) => value.toLocaleString("en");

/** A table of Markdown, as prettier formats it. */
function table(rows) {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = cells[0].map((_, i) => Math.max(3, ...cells.map((row) => row[i].length)));
  const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(" | ")} |`;
  const [head, ...rest] = cells;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rest.map(line)].join("\n");
}

/** The page with current tables. */
function currentPage() {
  const schema = require("../records/communique-record-1.schema.json");
  const page = readFileSync(PAGE, "utf8");
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest.split(END);
  return { page, current: `${before}${BEGIN}\n${propertyTables(schema)}\n\n${END}${after}` };
}

module.exports = { currentPage };

if (require.main === module) {
  const { page, current } = currentPage();
  if (!process.argv.includes("--check")) writeFileSync(PAGE, current);
  else if (page !== current) {
    console.error("docs/format.md is out of date. Update it: npm run schema");
    process.exitCode = 1;
  }
}
