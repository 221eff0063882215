"use strict";
// The entities of tutorial.js, over the service's tables.

const { DataSource, EntitySchema } = require("typeorm");

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

/** The database as the tutorial sees it. */
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
    entity(
      "meeting",
      "id",
      ["title", "kind", "start_from", "start_to", "date_from", "date_until", "place_id"],
      { place: ["place", "place_id"] },
    ),
    entity("participation", "id", ["position", "role", "meeting_id", "person_id", "country_code"], {
      meeting: ["meeting", "meeting_id"],
      person: ["person", "person_id"],
      country: ["country", "country_code"],
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
        "place_country_code",
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

module.exports = { dataSource };
