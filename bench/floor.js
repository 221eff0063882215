"use strict";
// The floor: the least that a service can do to answer only these queries. An HTTP server of Node.js, a pool of
// connections, and one statement a query over tables laid out for it (floor.sql), in which PostgreSQL itself makes the
// text of the answer. It is neither parsed nor checked here.
//
//     DATABASE_URL=… PORT=… POOL_SIZE=10 node bench/floor.js

const { createServer } = require("node:http");
const { Pool } = require("pg");
const { FLOOR_OPTIONS, pathOf, QUESTIONS } = require("./questions.js");

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.POOL_SIZE),
  options: FLOOR_OPTIONS,
});
const questions = new Map(QUESTIONS.map((question) => [pathOf(question), question]));

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    answer(questions.get(request.url), JSON.parse(Buffer.concat(chunks).toString())).then(
      (body) => send(response, 200, body),
      (error) => send(response, 500, JSON.stringify({ errors: [{ message: error.message }] })),
    );
  });
});

async function answer({ name, sql, parameters }, variables) {
  const { rows } = await pool.query({
    name,
    text: sql,
    values: parameters(variables),
    rowMode: "array",
  });
  return rows[0][0];
}

function send(response, status, body) {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

server.listen(Number(process.env.PORT), "127.0.0.1");
