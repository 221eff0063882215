/**
 * Assumed sizes of lists without paging, by type and field. The schema declares them as `@listSize`, cost estimates use them,
 * and `check` warns if a record has a longer list. They are generous: most lists are shorter, so estimates are rarely too low.
 */
export const LIST_SIZES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Query: { topics: 100 },
  Person: { otherNames: 20, identifiers: 5, tenures: 10 },
  Country: { identifiers: 5 },
  Place: { identifiers: 5 },
  Organization: { identifiers: 5 },
  Meeting: { places: 3, countries: 10, agreements: 3, citations: 5 },
  Participation: { tenures: 3, citations: 5 },
  Statement: { speakers: 3, addressees: 3, topics: 5, relations: 3, citations: 5 },
  Speaker: { tenures: 3 },
  StatementRelation: { citations: 5 },
  Tenure: { citations: 5 },
  Agreement: { parties: 4, citations: 5 },
  CounterpartEdge: { countries: 3 },
};
