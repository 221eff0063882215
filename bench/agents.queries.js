"use strict";
// What an agent would ask in GraphQL instead of calling the tools that have no document of their own.

const CITATIONS = "citations { start end locator exact document { key url } }";

/** The queries, by tool, and their variables from the tool's arguments. */
const RAW = {
  find_person: {
    document: `query($text: String) {
      people(filter: { text: $text }, first: 10) {
        totalCount
        nodes {
          slug name names { text }
          tenures { title startDate endDate ongoing certainty country { code name } organization { name } ${CITATIONS} }
        }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    variablesOf: ({ name }) => ({ text: name }),
  },
  search: {
    document: `query($query: String!, $kinds: [RecordKind!]) {
      searchRecord(query: $query, kinds: $kinds, first: 8) {
        totalCount
        edges {
          score matchedName snippet { text }
          node {
            __typename
            ... on Person { slug name }
            ... on Organization { slug name }
            ... on Meeting { slug title startDate ${CITATIONS} }
            ... on Statement { key text form date speakers { person { name } country { code } } ${CITATIONS} }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    variablesOf: (args) => args,
  },
  verify_quote: {
    document: `query($speakers: [String!]) {
      statements(filter: { speakers: $speakers }, first: 100) {
        nodes {
          key text form date dateCertainty place { name } meeting { slug }
          speakers { person { slug name } personCertainty country { code } }
          ${CITATIONS}
        }
      }
    }`,
    variablesOf: ({ person }) => ({ speakers: [person.toLowerCase().replaceAll(" ", "-")] }),
  },
};

module.exports = { RAW };
