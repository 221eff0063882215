/**
 * The condition that the country `c` is on record: any fact names it. It is no one noun's, since it asks
 * the tables of most of them; lists of countries and searches both need it.
 */
export const IS_ON_RECORD = `(EXISTS (SELECT FROM speaker WHERE country_code = c.code)
    OR EXISTS (SELECT FROM participation WHERE country_code = c.code)
    OR EXISTS (SELECT FROM tenure WHERE country_code = c.code OR accredited_to_code = c.code)
    OR EXISTS (SELECT FROM place WHERE country_code = c.code)
    OR EXISTS (SELECT FROM meeting WHERE place_country_code = c.code)
    OR EXISTS (SELECT FROM statement WHERE place_country_code = c.code)
    OR EXISTS (SELECT FROM addressee WHERE country_code = c.code)
    OR EXISTS (SELECT FROM agreement_party WHERE country_code = c.code))`;
