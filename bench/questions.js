"use strict";
// The queries of the bench. A query has
//   query       the GraphQL text
//   sql         the floor's statement on its own tables (floor.sql): one row of one text column, the whole answer
//   parameters  what the floor's statement takes, from the query's variables
//   draw        a number of values of the variables that are in the database, the same each time; it may ask the database
//               and the service
//   graphql     the variables that the GraphQL text takes, where these are not all
//   taught      the same for the tutorial
//   compared    what of an answer all have to have alike, where that is not all
//   targets     the maximum multiples of the floor's CPU: in all (service and PostgreSQL), and the service's own

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

/** How many values of its variables each query rotates over. */
const VALUES = 500;

/**
 * Values of a query's variables; `ask` runs a statement and gives its rows, `asksService` a query and gives its data.
 */
async function drawVariables({ name, draw }, { ask, asksService }) {
  const drawn = await draw({ ask, asksService, count: VALUES });
  if (drawn.length < VALUES) {
    throw new Error(`${name}: only ${drawn.length} of ${VALUES} values; take a larger world`);
  }
  return drawn;
}

/** Where the floor answers a query. */
function pathOf({ name }) {
  return `/${encodeURIComponent(name)}`;
}

/** How the floor's connections are set: one plan for all values, since planning a statement is dearer than most of them. */
const FLOOR_OPTIONS = "-c plan_cache_mode=force_generic_plan -c jit=off";

function literal(value) {
  return escapeLiteral(Array.isArray(value) ? `{${value.join()}}` : String(value));
}

module.exports = { drawVariables, FLOOR_OPTIONS, literal, pathOf, QUESTIONS };
