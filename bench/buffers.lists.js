"use strict";
// The lists that are to be flat, and the parents that they are asked for: the one with the most items and a median one of
// those that fill a page.

/**
 * What belongs to what: by a field of the parent, by a filter of the root's list, or both. `links` are pairs of the
 * parent's slug, code or id and an item's id.
 */
const LISTS = [
  ...[
    [
      "person(slug:",
      "speakers",
      "SELECT p.slug AS value, x.statement_id AS item FROM speaker x JOIN person p ON p.id = x.person_id",
    ],
    [
      "country(code:",
      "speakerCountries",
      "SELECT country_code AS value, statement_id AS item FROM speaker",
    ],
    [
      "place(slug:",
      "places",
      "SELECT p.slug AS value, s.id AS item FROM statement s JOIN place p ON p.id = s.place_id",
    ],
    [
      "organization(slug:",
      "speakerOrganizations",
      "SELECT o.slug AS value, x.statement_id AS item FROM speaker x JOIN organization o ON o.id = x.organization_id",
    ],
    [
      "meeting(slug:",
      "meetings",
      "SELECT m.slug AS value, s.id AS item FROM statement s JOIN meeting m ON m.id = s.meeting_id",
    ],
    [
      "sourceDocument(id:",
      null,
      "SELECT d.id::text AS value, c.statement_id AS item FROM citation c JOIN source_document d ON d.id = c.document_id WHERE c.statement_id IS NOT NULL",
    ],
    [
      null,
      "addressees",
      "SELECT p.slug AS value, x.statement_id AS item FROM addressee x JOIN person p ON p.id = x.person_id",
    ],
    [
      null,
      "addresseeCountries",
      "SELECT country_code AS value, statement_id AS item FROM addressee",
    ],
    [null, "placeCountries", "SELECT place_country_code AS value, id AS item FROM statement"],
    [
      null,
      "topics",
      "SELECT t.slug AS value, x.statement_id AS item FROM topic_of_statement x JOIN statement_topic t ON t.id = x.topic_id",
    ],
  ].map(([parent, filter, links]) => ({ items: "statements", parent, filter, links })),
  ...[
    [
      "person(slug:",
      "people",
      "SELECT p.slug AS value, x.meeting_id AS item FROM participation x JOIN person p ON p.id = x.person_id",
    ],
    [
      "country(code:",
      "participantCountries",
      "SELECT country_code AS value, meeting_id AS item FROM participation",
    ],
    [
      "place(slug:",
      "places",
      "SELECT p.slug AS value, x.meeting_id AS item FROM meeting_place x JOIN place p ON p.id = x.place_id",
    ],
    [
      "organization(slug:",
      "organizations",
      `SELECT o.slug AS value, x.meeting_id AS item FROM organization o JOIN (
       SELECT organization_id, meeting_id FROM participation UNION SELECT convener_id, id FROM meeting) x ON x.organization_id = o.id`,
    ],
    [
      "meeting(slug:",
      "parents",
      "SELECT p.slug AS value, m.id AS item FROM meeting m JOIN meeting p ON p.id = m.parent_id",
    ],
    [
      "sourceDocument(id:",
      null,
      "SELECT d.id::text AS value, c.meeting_id AS item FROM citation c JOIN source_document d ON d.id = c.document_id WHERE c.meeting_id IS NOT NULL",
    ],
    [null, "placeCountries", "SELECT place_country_code AS value, id AS item FROM meeting"],
  ].map(([parent, filter, links]) => ({ items: "meetings", parent, filter, links })),
];

/** Two at once: pairs of values, the one of the field's parent or first filter. */
const PAIRS = [
  {
    items: "statements",
    parent: "person(slug:",
    filters: ["speakers", "places"],
    links:
      "SELECT p.slug AS value, l.slug AS other, s.id AS item FROM speaker x JOIN person p ON p.id = x.person_id JOIN statement s ON s.id = x.statement_id JOIN place l ON l.id = s.place_id",
  },
  {
    items: "statements",
    parent: "person(slug:",
    filters: ["speakers", "placeCountries"],
    links:
      "SELECT p.slug AS value, s.place_country_code AS other, s.id AS item FROM speaker x JOIN person p ON p.id = x.person_id JOIN statement s ON s.id = x.statement_id",
  },
  {
    items: "statements",
    parent: "person(slug:",
    filters: ["speakers", "speakerCountries"],
    links:
      "SELECT p.slug AS value, x.country_code AS other, x.statement_id AS item FROM speaker x JOIN person p ON p.id = x.person_id",
  },
  {
    items: "meetings",
    parent: "country(code:",
    filters: ["participantCountries", "people"],
    links:
      "SELECT x.country_code AS value, p.slug AS other, x.meeting_id AS item FROM participation x JOIN person p ON p.id = x.person_id",
  },
];

const NODES = { statements: "nodes { id text date }", meetings: "nodes { id title startDate }" };
const ORDERS = {
  statements: ["DATE_DESC", "DATE_ASC", "POSITION"],
  meetings: ["DATE_DESC", "DATE_ASC"],
};
const PAGE = 20;

/** Every query, with a name that is the same in every world. */
async function questionsOf(ask, only) {
  const questions = [];
  for (const list of [...LISTS.map(single), ...PAIRS.map(double)]) {
    const roots = rootsOf(list).filter(({ name }) => name.startsWith(only));
    if (roots.length === 0) continue;
    for (const [which, values] of Object.entries(await parentsOf(ask, list))) {
      const range = await rangeOf(ask, list, values);
      for (const root of roots) questions.push(...variants(list.items, root, which, values, range));
    }
  }
  return questions;
}

const single = ({ filter, ...list }) => ({ ...list, filters: [filter], columns: ["value"] });
const double = (list) => ({ ...list, columns: ["value", "other"] });

/** A list by its parent's field and by filters of the root's: what opens and closes it, and its filters. */
function rootsOf({ items, parent, filters }) {
  const [first, ...others] = filters;
  const type = parent && parent[0].toUpperCase() + parent.slice(1, parent.indexOf("("));
  const field = parent?.startsWith("meeting(") && items === "meetings" ? "children" : items;
  const filtered = (names, values) => names.map((name, i) => `${name}: ["${values[i]}"]`);
  return [
    ...(parent
      ? [
          {
            name: [`${type}.${field}`, ...others].join(" + "),
            opens: ([value]) => `${parent} "${value}") { ${field}`,
            closes: " }",
            filters: (values) => filtered(others, values.slice(1)),
          },
        ]
      : []),
    ...(first && first !== "parents"
      ? [
          {
            name: `${items}(${filters.join(" + ")})`,
            opens: () => items,
            closes: "",
            filters: (values) => filtered(filters, values),
          },
        ]
      : []),
  ];
}

function variants(items, root, which, values, range) {
  const of = (variant, order, ...filters) => {
    const all = [...root.filters(values), ...filters].join(", ");
    const list = `${root.opens(values)}(first: ${PAGE}, orderBy: ${order}${all && `, filter: { ${all} }`})`;
    return {
      name: `${root.name}, ${which}: ${variant}`,
      query: `{ ${list} { ${NODES[items]} }${root.closes} }`,
    };
  };
  return [
    ...ORDERS[items].map((order) => of(order, order)),
    of("in a range", "DATE_DESC", `date: { from: "${range.from}", to: "${range.to}" }`),
    of("statedOnly", "DATE_DESC", "statedOnly: true"),
  ];
}

/** The parent with the most items, and a median one. */
async function parentsOf(ask, { links, columns }) {
  const key = columns.join(", ");
  const rows = await ask(
    `WITH counted AS (
       SELECT ${key}, count(DISTINCT item) AS items FROM (${links}) AS links
       WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(" AND ")} GROUP BY ${key}),
     full_pages AS (
       SELECT * FROM counted WHERE items >= least(${PAGE}, (SELECT max(items) FROM counted)))
     (SELECT *, 'most' AS which FROM counted ORDER BY items DESC, ${key} LIMIT 1)
     UNION ALL
     (SELECT *, 'median' FROM full_pages
      WHERE items >= (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY items) FROM full_pages)
      ORDER BY items, ${key} LIMIT 1)`,
  );
  return Object.fromEntries(rows.map((row) => [row.which, columns.map((column) => row[column])]));
}

/** A range of dates that holds a page of the parent's items, from the middle of them. */
async function rangeOf(ask, { items, links, columns }, values) {
  const days = await ask(
    `SELECT DISTINCT i.id, i.date_from::text AS day FROM (${links}) AS links
       JOIN ${items.slice(0, -1)} i ON i.id = links.item
     WHERE ${columns.map((column, n) => `links.${column} = $${n + 1}`).join(" AND ")} AND i.date_from IS NOT NULL
     ORDER BY day DESC`,
    values,
  );
  const at = days.length < 2 * PAGE ? 0 : Math.floor(days.length / 2);
  const last = days[Math.min(days.length - 1, at + 2 * PAGE)];
  return { from: last.day, to: days[at].day };
}

module.exports = { questionsOf };
