"use strict";
// What a good tutorial would build for the same queries: Express, Apollo Server, a schema in SDL, TypeORM
// entities read through repositories, and a DataLoader an edge. No limits, no cursors, no checks. A reference: the
// service is to be several times as fast.
//
//     DATABASE_URL=… PORT=… POOL_SIZE=10 node bench/tutorial.js

require("reflect-metadata");
const { ApolloServer } = require("@apollo/server");
const { expressMiddleware } = require("@as-integrations/express5");
const DataLoader = require("dataloader");
const express = require("express");
const { In } = require("typeorm");
const { dataSource } = require("./tutorial.entities.js");

const typeDefs = `#graphql
  scalar CountryCode
  scalar PartialDate
  scalar _Any
  union _Entity = Statement
  type Query {
    person(slug: String!): Person
    country(code: CountryCode!): Country
    people(filter: PersonFilter, first: Int): People
    statements(filter: StatementFilter, first: Int, after: String): Statements
    _entities(representations: [_Any!]!): [_Entity]!
  }
  enum Facet { YEAR }
  input DateRange { from: PartialDate to: PartialDate }
  input StatementFilter { text: String places: [String!] placeCountries: [CountryCode!] date: DateRange }
  input MeetingFilter { date: DateRange }
  input PersonFilter { slugs: [String!] }
  type People { nodes: [Person!]! }
  type Statements {
    nodes: [Statement!]! pageInfo: PageInfo! totalCount: Int! facets(by: Facet!, first: Int): [FacetValue!]!
  }
  type FacetValue { value: String! label: String! count: Int! }
  type Meetings { nodes: [Meeting!]! }
  type Participations { nodes: [Participation!]! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Person { slug: String! name: String! statements(filter: StatementFilter, first: Int): Statements }
  type Country { name: String! meetings(filter: MeetingFilter, first: Int): Meetings }
  type Place { name: String! country: Country }
  type Meeting {
    title: String! kind: String! startDate: PartialDate place: Place participations(first: Int): Participations
  }
  type Participation { role: String! person: Person country: Country }
  type Speaker { person: Person country: Country }
  type Citation { start: Int end: Int document: Document! }
  type Document { title: String }
  type Statement {
    text: String! form: String! joint: Boolean! date: PartialDate
    meeting: Meeting speakers: [Speaker!]! citations: [Citation!]!
  }
`;

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
  statements: loader("statement", "id"),
  participations: loader("participation", "meeting_id", {
    many: true,
    relations: { person: true, country: true },
    order: { position: "ASC", id: "ASC" },
  }),
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

/** The order of statements, newest first. */
const NEWEST = ["date_from", "date_until", "told_on", "told_in_id", "position", "id"];
const keysOf = (alias) =>
  NEWEST.map((column) => {
    if (!/_(from|until|on)$/.test(column)) return `${alias}.${column}`;
    return `${column === "told_on" ? "oldest_first" : "newest_first"}(${alias}.${column})`;
  });

/** Statements that match: of everybody, or those of a person. */
function matching(filter, personId) {
  const found = repository("statement").createQueryBuilder("s").where("s.standing <> 'RETRACTED'");
  if (personId) {
    const spoken =
      "EXISTS (SELECT FROM speaker x WHERE x.statement_id = s.id AND x.person_id = :personId)";
    found.andWhere(spoken, { personId });
  }
  if (filter?.text) found.andWhere("s.words @@ websearch_to_tsquery('english', :text)", filter);
  if (filter?.places) {
    found.innerJoin("s.place", "place").andWhere("place.slug IN (:...places)", filter);
  }
  if (filter?.placeCountries) {
    found.andWhere("s.place_country_code IN (:...placeCountries)", filter);
  }
  if (filter?.date) {
    found.andWhere("s.date_from <= :to AND s.date_until >= :from", filter.date);
  }
  return found;
}

/** A page of them, newest first. */
async function statements({ filter, first = 20, after }, personId) {
  const found = matching(filter, personId).limit(first + 1);
  keysOf("s").forEach((key, i) => {
    // TypeORM orders by columns and by names of what is selected, not by expressions.
    if (key.startsWith("s.")) found.addOrderBy(key);
    else found.addSelect(key, `key_${i}`).addOrderBy(`key_${i}`);
  });
  if (after) {
    const keys = `SELECT ${keysOf("before")} FROM statement before WHERE before.id = :after`;
    found.andWhere(`(${keysOf("s")}) > (${keys})`, { after });
  }
  const rows = await found.getMany();
  const nodes = rows.slice(0, first);
  const pageInfo = { hasNextPage: rows.length > first, endCursor: nodes.at(-1)?.id };
  return { nodes, pageInfo, filter, personId };
}

async function countByYear({ filter, personId }, { first }) {
  const rows = await matching(filter, personId)
    .andWhere("s.date_from IS NOT NULL")
    .select("to_char(s.date_from, 'YYYY')", "value")
    .addSelect("count(*)::int", "count")
    .groupBy("value")
    .orderBy({ count: "DESC", value: "ASC" })
    .limit(first)
    .getRawMany();
  return rows.map(({ value, count }) => ({ value, label: value, count }));
}

/** The meetings that a country's people took part in, newest first. */
async function meetings(code, { filter, first = 20 }) {
  const nodes = await repository("meeting")
    .createQueryBuilder("m")
    .where(
      "EXISTS (SELECT FROM participation x WHERE x.meeting_id = m.id AND x.country_code = :code)",
      { code },
    )
    .andWhere("m.date_from <= :to", filter.date)
    .addSelect("newest_first(m.date_from)", "newest_from")
    .addSelect("newest_first(m.date_until)", "newest_until")
    .orderBy({ newest_from: "ASC", newest_until: "ASC", "m.id": "ASC" })
    .limit(first)
    .getMany();
  return { nodes };
}

/** A date as precise as it is known. */
function partialDate(from, to) {
  if (!from || from === to) return from;
  return from.slice(0, 7) === to.slice(0, 7) ? from.slice(0, 7) : from.slice(0, 4);
}

const resolvers = {
  Query: {
    person: (_, { slug }) => repository("person").findOneBy({ slug }),
    country: (_, { code }) => repository("country").findOneBy({ code }),
    async people(_, { filter, first }) {
      const slug = In(filter.slugs);
      const order = { sort_name: "ASC", id: "ASC" };
      return { nodes: await repository("person").find({ where: { slug }, order, take: first }) };
    },
    statements: (_, args) => statements(args),
    _entities: (_, { representations }, context) =>
      context.statements.loadMany(representations.map(({ id }) => id)),
  },
  _Entity: { __resolveType: () => "Statement" },
  Person: { statements: ({ id }, args) => statements(args, id) },
  Statements: {
    totalCount: ({ filter, personId }) => matching(filter, personId).getCount(),
    facets: countByYear,
  },
  Country: { meetings: ({ code }, args) => meetings(code, args) },
  Meeting: {
    participations: async ({ id }, { first }, { participations }) => ({
      nodes: (await participations.load(id)).slice(0, first),
    }),
    startDate: ({ start_from, start_to }) => partialDate(start_from, start_to),
  },
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
