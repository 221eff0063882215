"use strict";
// The queries of the bench (questions.js) for PostGraphile, over the floor's tables. A query has
//   query      its GraphQL text, with names that make the answers as alike as they can be
//   variables  what it takes, from the values of the query's variables
//   read       what of its answer has to be as in the service's

const SPEAKERS = `speakers: speakersByN { nodes { person: personByPerson { name } country: countryByCountry { name } } }`;
const FIELDS = `
      text form date ${SPEAKERS}
      meeting: meetingByM { title place: placeByPlace { name country: countryByCountry { name } } }
      citations: citationsByN { nodes { start end document: documentByDocument { title } } }`;

/** A statement with its lists as the service has them. */
function statement({ speakers, citations, ...fields }) {
  return {
    ...fields,
    ...(speakers && { speakers: speakers.nodes }),
    ...(citations && { citations: citations.nodes }),
  };
}

/** What a list of what somebody said leads to. */
const saidBy = ({ nodes }) => ({ nodes: nodes.map((said) => statement(said.statement)) });

const readPage = ({ data }) => ({
  nodes: data.statements.nodes.map(statement),
  hasNextPage: data.statements.pageInfo.hasNextPage,
});

module.exports = {
  headline: {
    query: `query Headline($person: String!, $place: String!) {
  person: personBySlug(slug: $person) {
    name
    statements: saidBiesByPerson(condition: { place: $place }, first: 20) {
      nodes {
        statement: statementByN { text form joint date meeting: meetingByM { title startDate } ${SPEAKERS} }
      }
    }
  }
}`,
    read: ({ data: { person } }) => ({
      data: { person: { ...person, statements: saidBy(person.statements) } },
    }),
  },
  tiny: {
    query: `query Tiny($person: String!) { person: personBySlug(slug: $person) { slug name } }`,
    read: (answer) => answer,
  },
  page: {
    query: `query Page($country: String!, $from: Date!, $to: Date!) {
  statements: statementsIn(placeCountry: $country, since: $from, till: $to, first: 20) {
    nodes {${FIELDS}
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    read: readPage,
  },
  "deep page": {
    query: `query DeepPage($from: Date!, $to: Date!, $n: Int!) {
  statements: statementsBetween(since: $from, till: $to, afterN: $n, first: 20) {
    nodes {${FIELDS}
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: ({ from, to, n }) => ({ from, to, n }),
    read: readPage,
  },
  nested: {
    query: `query Nested($people: [String!]!) {
  people: peopleNamed(slugs: $people, first: 50) {
    nodes {
      slug name
      statements: saidBiesByPerson(first: 5) {
        nodes { statement: statementByN { text date meeting: meetingByM { title startDate } } }
      }
    }
  }
}`,
    read: ({ data: { people } }) => ({
      data: {
        people: {
          nodes: people.nodes.map((person) => ({
            ...person,
            statements: saidBy(person.statements),
          })),
        },
      },
    }),
  },
  meetings: {
    query: `query Meetings($country: String!, $to: Date!) {
  country: countryByCode(code: $country) {
    name
    meetings: meetingsTill(till: $to, first: 20) {
      nodes {
        title kind startDate
        participations: participationsByM(first: 10) {
          nodes { role person: personByPerson { name } country: countryByCountry { name } }
        }
      }
    }
  }
}`,
    read: (answer) => answer,
  },
  "full text": {
    query: `query FullText($text: String!) {
  statements: statementsWith(words: $text, first: 20) {
    nodes { text date ${SPEAKERS} }
  }
}`,
    read: ({ data }) => ({
      data: { statements: { nodes: data.statements.nodes.map(statement) } },
    }),
  },
  _entities: {
    query: `query Entities($ids: [UUID!]!) {
  _entities: statementsByIds(ids: $ids) {
    nodes { text form date ${SPEAKERS} meeting: meetingByM { title } }
  }
}`,
    variables: ({ representations }) => ({ ids: representations.map(({ id }) => id) }),
    read: ({ data }) => ({ data: { _entities: data._entities.nodes.map(statement) } }),
  },
  "count by year": {
    query: `query CountByYear($person: String!) {
  person: personBySlug(slug: $person) {
    statementCount
    years(first: 100) { nodes { value: year label: year count } }
  }
}`,
    read: ({ data: { person } }) => ({
      data: {
        person: {
          statements: { totalCount: person.statementCount, facets: person.years.nodes },
        },
      },
    }),
  },
};
