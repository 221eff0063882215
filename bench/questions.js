"use strict";
// What the bench asks. A question has
//   query       the GraphQL text
//   sql         the floor's statement: one row of one text column, the whole answer
//   parameters  what the floor's statement takes, from the question's variables
//   isPlannedEachTime  whether the floor's statement is planned with its values each time; the others are prepared once
//   draw        many values of the variables that are in the database, the same each time: a statement whose $1 is
//               how many, or a function that asks for more
//   targets     at most so many times the CPU of the floor: in all (service and PostgreSQL), and the service's own

const { escapeLiteral } = require("pg");
const { deepPage, page } = require("./questions/page.js");

const QUESTIONS = [
  require("./questions/headline.js"),
  require("./questions/tiny.js"),
  page,
  deepPage,
  require("./questions/nested.js"),
  require("./questions/meetings.js"),
  require("./questions/full-text.js"),
  require("./questions/entities.js"),
  require("./questions/count-by-year.js"),
  require("./questions/misspelt.js"),
];

/** How many values of its variables each question rotates over. */
const VALUES = 500;

/** Values of a question's variables; `ask` runs a statement and gives its rows. */
async function drawVariables({ name, draw }, ask) {
  const drawn =
    typeof draw === "function"
      ? await draw(ask, VALUES)
      : (await ask(draw, [VALUES])).map(({ variables }) => variables);
  if (drawn.length < VALUES) {
    throw new Error(`${name}: only ${drawn.length} of ${VALUES} values; take a larger world`);
  }
  return drawn;
}

/** Where the floor answers a question. */
function pathOf({ name }) {
  return `/${encodeURIComponent(name)}`;
}

/** How the floor's connections are set: planning a statement anew is dearer than most of them. */
const FLOOR_OPTIONS = "-c plan_cache_mode=force_generic_plan -c jit=off";

/** The floor's statement with its values in it, where PostgreSQL sees them when it plans. */
function withValues(sql, values) {
  return sql.replace(/\$(\d+)/g, (_, number) => literal(values[number - 1]));
}

function literal(value) {
  return escapeLiteral(Array.isArray(value) ? `{${value.join()}}` : String(value));
}

module.exports = { drawVariables, FLOOR_OPTIONS, literal, pathOf, QUESTIONS, withValues };
