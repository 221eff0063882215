"use strict";
// What a good tutorial would build for the same questions, in one file: Express, Apollo Server, a schema in SDL, TypeORM
// entities read through repositories, and a DataLoader an edge. No limits, no cursors, no checks. A reference: the
// service is to be several times as fast.
//
//     DATABASE_URL=… PORT=… POOL_SIZE=10 node bench/tutorial.js

require("reflect-metadata");
const { ApolloServer } = require("@apollo/server");
const { expressMiddleware } = require("@as-integrations/express5");
const DataLoader = require("dataloader");
const express = require("express");
const { DataSource, EntitySchema, In } = require("typeorm");

const typeDefs = `#graphql
  scalar CountryCode
  scalar PartialDate
  type Query {
    person(slug: String!): Person
    people(filter: PersonFilter, first: Int): People
    statements(filter: StatementFilter, first: Int): Statements
  }
  input DateRange { from: PartialDate to: PartialDate }
  input StatementFilter { places: [String!] speakerCountries: [CountryCode!] date: DateRange }
  input PersonFilter { slugs: [String!] }
  type People { nodes: [Person!]! }
  type Statements { nodes: [Statement!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Person { slug: String! name: String! statements(filter: StatementFilter, first: Int): Statements }
  type Country { name: String! }
  type Place { name: String! country: Country }
  type Meeting { title: String! startDate: PartialDate place: Place }
  type Speaker { person: Person country: Country }
  type Citation { start: Int end: Int document: Document! }
  type Document { title: String }
  type Statement {
    text: String! form: String! joint: Boolean! date: PartialDate
    meeting: Meeting speakers: [Speaker!]! citations: [Citation!]!
  }
`;

/** An entity whose columns are named as in the database, and its to-one relations by the column that holds the key. */
function entity(name, key, columns, relations = {}) {
  return new EntitySchema({
    name,
    tableName: name,
    columns: {
      [key]: { type: "text", primary: true },
      ...Object.fromEntries(
        columns.map((column) => [column, { type: columnType(column), nullable: true }]),
      ),
    },
    relations: Object.fromEntries(
      Object.entries(relations).map(([property, [target, column]]) => [
        property,
        { type: "many-to-one", target, joinColumn: { name: column } },
      ]),
    ),
  });
}

function columnType(column) {
  if (/_(from|to|until|on)$/.test(column)) return "date";
  if (/^(position|start_offset|end_offset)$/.test(column)) return "int";
  return column === "joint" ? "boolean" : "text";
}

const dataSource = new DataSource({
  type: "postgres",
  url: process.env.DATABASE_URL,
  poolSize: Number(process.env.POOL_SIZE),
  entities: [
    entity("person", "id", ["slug", "name", "sort_name"]),
    entity("country", "code", ["name"]),
    entity("place", "id", ["slug", "name", "country_code"], {
      country: ["country", "country_code"],
    }),
    entity("source_document", "id", ["title", "date_from"]),
    entity("meeting", "id", ["title", "start_from", "start_to", "place_id"], {
      place: ["place", "place_id"],
    }),
    entity(
      "statement",
      "id",
      [
        "text",
        "form",
        "joint",
        "standing",
        "date_from",
        "date_to",
        "date_until",
        "told_on",
        "told_in_id",
        "position",
        "meeting_id",
        "place_id",
      ],
      { meeting: ["meeting", "meeting_id"], place: ["place", "place_id"] },
    ),
    entity("speaker", "id", ["position", "statement_id", "person_id", "country_code"], {
      statement: ["statement", "statement_id"],
      person: ["person", "person_id"],
      country: ["country", "country_code"],
    }),
    entity("citation", "id", ["start_offset", "end_offset", "statement_id", "document_id"], {
      document: ["source_document", "document_id"],
    }),
  ],
});

const repository = (name) => dataSource.getRepository(name);

/** Loads rows by a column; with `many` all that have it, else the one. */
function loader(name, column, { many = false, ...options } = {}) {
  return new DataLoader(async (keys) => {
    const rows = await repository(name).find({ where: { [column]: In([...keys]) }, ...options });
    if (!many) {
      const byKey = new Map(rows.map((row) => [row[column], row]));
      return keys.map((key) => byKey.get(key) ?? null);
    }
    const groups = new Map(keys.map((key) => [key, []]));
    for (const row of rows) groups.get(row[column]).push(row);
    return keys.map((key) => groups.get(key));
  });
}

const createContext = async () => ({
  meetings: loader("meeting", "id", { relations: { place: { country: true } } }),
  speakers: loader("speaker", "statement_id", {
    many: true,
    relations: { person: true, country: true },
    order: { position: "ASC" },
  }),
  citations: loader("citation", "statement_id", {
    many: true,
    relations: { document: true },
    order: { document: { date_from: "ASC", id: "ASC" }, start_offset: "ASC" },
  }),
});

/** Statements, newest first: of everybody, or those of a person. */
async function statements({ filter, first = 20 }, personId) {
  const found = repository("statement")
    .createQueryBuilder("s")
    .where("s.standing <> 'RETRACTED'")
    .addSelect("newest_first(s.date_from)", "newest_from")
    .addSelect("newest_first(s.date_until)", "newest_until")
    .addSelect("oldest_first(s.told_on)", "oldest_told")
    .orderBy({
      newest_from: "ASC",
      newest_until: "ASC",
      oldest_told: "ASC",
      "s.told_in_id": "ASC",
      "s.position": "ASC",
      "s.id": "ASC",
    })
    .limit(first + 1);
  const spoken = (condition) =>
    `EXISTS (SELECT FROM speaker x WHERE x.statement_id = s.id AND ${condition})`;
  if (personId) found.andWhere(spoken("x.person_id = :personId"), { personId });
  if (filter?.places) {
    found.innerJoin("s.place", "place").andWhere("place.slug IN (:...places)", filter);
  }
  if (filter?.speakerCountries) {
    found.andWhere(spoken("x.country_code IN (:...speakerCountries)"), filter);
  }
  if (filter?.date) {
    found.andWhere("s.date_from <= :to AND s.date_until >= :from", filter.date);
  }
  const rows = await found.getMany();
  const nodes = rows.slice(0, first);
  return {
    nodes,
    pageInfo: { hasNextPage: rows.length > first, endCursor: cursorOf(nodes.at(-1)) },
  };
}

/** The same cursor as the service's, so that the answers can be compared. */
function cursorOf(row) {
  if (!row) return null;
  const day = (date, sign) => (sign * Date.parse(date)) / 86_400_000;
  const key = [
    ...["Query.statements", "DATE_DESC", day(row.date_from, -1), day(row.date_until, -1)],
    ...[day(row.told_on, 1), row.told_in_id, row.position, row.id],
  ];
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** A date as precise as it is known. */
function partialDate(from, to) {
  if (!from || from === to) return from;
  return from.slice(0, 7) === to.slice(0, 7) ? from.slice(0, 7) : from.slice(0, 4);
}

const resolvers = {
  Query: {
    person: (_, { slug }) => repository("person").findOneBy({ slug }),
    async people(_, { filter, first }) {
      const slug = In(filter.slugs);
      const order = { sort_name: "ASC", id: "ASC" };
      return { nodes: await repository("person").find({ where: { slug }, order, take: first }) };
    },
    statements: (_, args) => statements(args),
  },
  Person: { statements: ({ id }, args) => statements(args, id) },
  Meeting: { startDate: ({ start_from, start_to }) => partialDate(start_from, start_to) },
  Statement: {
    date: ({ date_from, date_to }) => partialDate(date_from, date_to),
    meeting: ({ meeting_id }, _, { meetings }) => meeting_id && meetings.load(meeting_id),
    speakers: ({ id }, _, { speakers }) => speakers.load(id),
    citations: ({ id }, _, { citations }) => citations.load(id),
  },
  Citation: { start: ({ start_offset }) => start_offset, end: ({ end_offset }) => end_offset },
};

async function main() {
  await dataSource.initialize();
  const server = new ApolloServer({ typeDefs, resolvers });
  await server.start();
  const app = express();
  app.use("/graphql", express.json(), expressMiddleware(server, { context: createContext }));
  app.listen(Number(process.env.PORT), "127.0.0.1");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
