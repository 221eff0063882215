"use strict";
const { Chance } = require("../world.js");
const { drawn } = require("./draw.js");
const { JOINED, list } = require("./shape.js");

const { MEETING, PARTICIPATIONS } = JOINED;

/** Which meetings did a country's people take part in till a day, and with whom? */
module.exports = {
  name: "meetings",
  query: `query Meetings($country: CountryCode!, $to: PartialDate!) {
  country(code: $country) {
    name
    meetings(filter: { date: { to: $to } }, first: 20) {
      nodes {
        title kind startDate
        participations(first: 10) {
          nodes { role person { name } country { name } }
        }
      }
    }
  }
}`,
  sql: `SELECT json_build_object('data', json_build_object('country', (
  SELECT json_build_object('name', c.name, 'meetings', json_build_object('nodes', ${list(
    `json_build_object('title', m.title, 'kind', m.kind, 'startDate', m.start_date,
      'participations', json_build_object('nodes', ${PARTICIPATIONS}))`,
    `(SELECT m.* FROM floor.met_by x JOIN ${MEETING} m USING (m)
      WHERE x.country = $1 AND x.m >= (SELECT first_meeting FROM floor.day WHERE day = $2)
      ORDER BY x.m LIMIT 20) AS m`,
  )}))
  FROM floor.country c WHERE c.code = $1)))::text`,
  parameters: ({ country, to }) => [country, to],
  async draw({ ask, count }) {
    const countries = await ask(
      `SELECT country, count(*)::int AS times FROM floor.met_by GROUP BY 1 ORDER BY 1`,
    );
    const days = await ask(
      `SELECT DISTINCT date_from::text AS day FROM floor.meeting WHERE date_from IS NOT NULL ORDER BY 1`,
    );
    const chance = new Chance("meetings till a day");
    return drawn(countries, count, "meetings").map(({ country }) => ({
      country,
      to: days[chance.below(days.length)].day,
    }));
  },
  targets: { total: 2.2, own: 4 },
};
