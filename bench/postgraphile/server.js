"use strict";
// PostGraphile as its own documentation sets it up, on the normalised tables of the floor and a few functions beside them
// (schema.sql). It makes one SQL statement of a query, as the floor does by hand.
//
//     DATABASE_URL=… PORT=… POOL_SIZE=10 node bench/postgraphile/server.js

const { createServer } = require("node:http");
const { postgraphile } = require("postgraphile");
const { makePgService } = require("postgraphile/adaptors/pg");
const { grafserv } = require("postgraphile/grafserv/node");
const { PostGraphileAmberPreset } = require("postgraphile/presets/amber");

const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ["floor"],
      poolConfig: { max: Number(process.env.POOL_SIZE), options: process.env.PGOPTIONS },
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: { explain: false },
};

async function main() {
  const serv = postgraphile(preset).createServ(grafserv);
  const server = createServer();
  await serv.addTo(server);
  server.listen(Number(process.env.PORT), "127.0.0.1");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
