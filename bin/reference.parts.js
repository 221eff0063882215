"use strict";
// The API reference as HTML: GraphQL-Markdown describes the schema in Markdown, with our formats of names and links, and
// marked renders it.

const { Printer } = require("@graphql-markdown/printer-legacy");
const graphql = require("graphql");

/** In a subgraph schema these are used without being defined: the router knows them. */
const COST_DIRECTIVES = `
"What a field costs, or an argument or input field when it is given. A router and this service add these costs up before they run an operation."
directive @cost("The cost." weight: Int!) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION

"The size of a list with which costs are computed."
directive @listSize(
  "The size without any of the slicing arguments."
  assumedSize: Int
  "The arguments that say the size."
  slicingArguments: [String!]
  "The fields of the selected object that are the list."
  sizedFields: [String!]
  "Whether one of the slicing arguments has to be given."
  requireOneSlicingArgument: Boolean = true
) on FIELD_DEFINITION
`;

/** The parts of the page, in its order. */
const KINDS = [
  ["Objects", graphql.isObjectType],
  ["Interfaces", graphql.isInterfaceType],
  ["Unions", graphql.isUnionType],
  ["Inputs", graphql.isInputObjectType],
  ["Enums", graphql.isEnumType],
  ["Scalars", graphql.isScalarType],
];

/** What GraphQL-Markdown calls things, and what we do. */
const HEADINGS = {
  "Possible Types": "One of",
  "Returned By": "Returned by",
  "Member Of": "Used in",
  "Implemented By": "Implemented by",
};

/** The parts of the reference (src/pages/reference.ts) to a subgraph schema, given as text. */
async function describeSchema(text) {
  const document = graphql.parse(text + COST_DIRECTIVES);
  const schema = graphql.buildASTSchema(document, { assumeValidSDL: true });
  const render = await createRenderer();
  const names = namesOf(schema);
  await Printer.init(schema, "", "", optionsOf(schema), names.format);

  const describe = async (name, id, printed, prefix) => {
    names.startAt(prefix, id);
    return { name, id, html: render(await Printer.printType(printed.name, printed)) };
  };
  const types = Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith("__") && name !== "Query")
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
  const query = schema.getQueryType();
  const parts = [{ title: "Queries", id: "Query", html: render(query.description), entries: [] }];
  for (const field of Object.values(query.getFields()))
    parts[0].entries.push(await describe(field.name, `Query.${field.name}`, field, "Query."));
  for (const [title, isOfKind] of KINDS) {
    const entries = [];
    for (const type of types.filter(isOfKind))
      entries.push(await describe(type.name, type.name, type, ""));
    parts.push({ title, id: title.toLowerCase(), html: "", entries });
  }
  const directives = { title: "Directives", id: "directives", html: "", entries: [] };
  for (const directive of schema.getDirectives())
    directives.entries.push(
      await describe(`@${directive.name}`, `@${directive.name}`, directive, "@"),
    );
  return [...parts, directives];
}

function optionsOf(schema) {
  const describe = { cost: costText, listSize: sizeText };
  const customDirectives = Object.fromEntries(
    Object.entries(describe).map(([name, describeOne]) => {
      const type = schema.getDirective(name);
      const tag = (directive, { astNode }) => ({
        text: describeOne(graphql.getDirectiveValues(directive, astNode)),
        classname: "cost",
      });
      return [name, { type, tag }];
    }),
  );
  return { customDirectives, sectionHeaderId: false, printTypeOptions: { typeBadges: false } };
}

function costText({ weight }) {
  return `cost: ${weight}`;
}

function sizeText({ assumedSize, slicingArguments = [] }) {
  const sizes = [slicingArguments.join(" or "), assumedSize].filter(Boolean);
  return `size: ${sizes.join(", else ")}`;
}

/** The formats of names and links, which give each field, argument and value an id: `Person.statements.first`. */
function namesOf(schema) {
  const defaults = defaultsOf(schema);
  let prefix = "";
  let current = "";
  const format = {
    formatMDXFrontmatter: () => "",
    formatMDXAdmonition: ({ text }) => `\n\n> **Deprecated.** ${text.trim()}\n\n`,
    formatMDXSpecifiedByLink: (url) => `Specified by [${url}](${url})`,
    // Of badges, those of costs: that something is an enum can be read where it is described.
    formatMDXBadge: ({ text, classname }) =>
      classname === "cost" ? `<span class="cost">${text}</span>` : "",
    formatMDXLink: ({ text, url }) => ({ text, url: `#${prefixOf(url)}${text}` }),
    formatMDXNameEntity: (name, parent) => {
      if (!parent) return `<code>${name}</code>`;
      current = `${prefix}${parent}.${name}`;
      return `<code id="${current}"><span class="of">${parent}.</span><span class="name">${name}</span></code>`;
    },
    // With a text, it stands between a name and its type; without, between links.
    formatMDXBullet: (text = "") => {
      if (text === "") return ", ";
      const value = defaults.get(current);
      return `: ${text}${value === undefined ? "" : ` = <code>${value}</code>`}`;
    },
  };
  const startAt = (of, id) => {
    prefix = of;
    current = id;
  };
  return { format, startAt };
}

/** What stands before the name in an id, by the folder of GraphQL-Markdown's link. */
function prefixOf(url) {
  if (url.includes("/queries/")) return "Query.";
  return url.includes("/directives/") ? "@" : "";
}

/** The default of each argument and input field that has one, as GraphQL text, by its id. */
function defaultsOf(schema) {
  const defaults = new Map();
  const add = (id, { name, defaultValue, type }) => {
    if (defaultValue === undefined) return;
    defaults.set(`${id}.${name}`, graphql.print(graphql.astFromValue(defaultValue, type)));
  };
  for (const type of Object.values(schema.getTypeMap()))
    for (const field of "getFields" in type ? Object.values(type.getFields()) : []) {
      if (graphql.isInputObjectType(type)) add(type.name, field);
      for (const arg of field.args ?? []) add(`${type.name}.${field.name}`, arg);
    }
  for (const { name, args } of schema.getDirectives()) for (const arg of args) add(`@${name}`, arg);
  return defaults;
}

/** From GraphQL-Markdown's Markdown to HTML below an h3. */
async function createRenderer() {
  const { Marked } = await import("marked"); // an ES module
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const html = this.parser.parseInline(tokens);
        // Thousands of arguments are no headings.
        if (depth > 4) return `<p class="argument">${html}</p>\n`;
        return `<h${depth + 1}>${HEADINGS[html] ?? html}</h${depth + 1}>\n`;
      },
      link({ href, tokens }) {
        const html = this.parser.parseInline(tokens);
        // A name links to itself, so that its address can be copied.
        const [, own] = /id="([^"]+)"/.exec(html) ?? [];
        return `<a href="${href === "#" && own ? `#${own}` : href}">${html}</a>`;
      },
    },
  });
  // Where a badge is left out, spaces stay before the comma.
  return (markdown) => marked.parse(markdown.replaceAll(")  , [", "), ["));
}

module.exports = { describeSchema };
