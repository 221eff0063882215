"use strict";
// Arguments that make a list read much for little, the i-th time unlike the others, so that none is answered with another.

const COUNTRIES = "AQ BV HM TF GS IO PN SJ UM XK IN CN LA MY US FR".split(" ");

const strings = (values) => `[${values.map((value) => `"${value}"`).join()}]`;
const upTo = (count, name) => strings(Array.from({ length: count }, (_, i) => name(i)));
/** Another filter each time that leaves out nothing. */
const since = (i) => `date: { from: "${1000 + (i % 900)}" }`;
const alternatives = (i) => `text: "fog or herring or ice or penguin or pact or shore or w${i}"`;
const someCountries = (i) => strings(COUNTRIES.slice(0, 1 + (i % 16)));
const threeCountries = (i) => strings([0, 1, 2].map((n) => COUNTRIES[(i + n) % 6]));
const twoPeople = (i) => [`["person-${1 + (i % 40)}"]`, `["person-${41 + i}"]`];
const hundredPeople = (i) => upTo(100, (n) => `person-${1 + n + i}`);

const OF_STATEMENTS = {
  "all, by a date": since,
  "frequent words": alternatives,
  "two who seldom meet": (i) => `speakers: ${twoPeople(i)[0]}, addressees: ${twoPeople(i)[1]}`,
  "a frequent addressee": (i) => `addressees: ["person-${1 + (i % 40)}"], ${since(i)}`,
  "a frequent country and a rare topic": (i) =>
    `speakerCountries: ["${COUNTRIES[i % 4]}"], topics: ["topic-${40 - (Math.floor(i / 4) % 30)}"]`,
  "an organization that says nothing": (i) =>
    `speakerOrganizations: ["organization-${11 + (i % 10)}"], ${since(i)}`,
  "three frequent countries": (i) => `allSpeakerCountries: ${threeCountries(i)}, ${since(i)}`,
  "an organization that is not spoken to": (i) =>
    `addresseeOrganizations: ["organization-${1 + (i % 20)}"], ${since(i)}`,
  "words of who reports": (i) => `reportedBy: "fog or ${i}"`,
  "a hundred people": (i) => `speakers: ${hundredPeople(i)}`,
  "every filter": (i) =>
    `speakers: ["person-1"], speakerCountries: ["AQ"], allSpeakers: ["person-1", "person-2"], allSpeakerCountries: ["AQ", "BV"],
     addressees: ["person-3"], addresseeCountries: ["AQ"], within: ["meeting-${i}0"], places: ["place-1"], placeCountries: ["AQ"],
     topics: ["topic-1"], ${alternatives(i)}, ${since(i)}`,
};

const OF_MEETINGS = {
  "all, by a date": since,
  "frequent words": alternatives,
  "two who seldom meet": (i) => `allPeople: ["person-${1 + (i % 40)}", "person-${41 + i}"]`,
  "a frequent person": (i) => `people: ["person-${1 + (i % 40)}"], ${since(i)}`,
  "an organization": (i) => `organizations: ["organization-${1 + (i % 20)}"], ${since(i)}`,
  "a role": (i) => `people: ["person-${1 + (i % 40)}"], roles: [HOST], ${since(i)}`,
  "three frequent countries": (i) => `allParticipantCountries: ${threeCountries(i)}, ${since(i)}`,
  "a hundred people": (i) => `people: ${hundredPeople(i)}`,
  "every filter": (i) =>
    `people: ["person-1"], allPeople: ["person-1", "person-2"], participantCountries: ["AQ"], allParticipantCountries: ["AQ", "BV"],
     organizations: ["organization-1"], within: ["meeting-${i}0"], places: ["place-1"], placeCountries: ["AQ"], ${alternatives(i)}, ${since(i)}`,
};

const OF_PEOPLE = {
  "frequent words": (i) => `text: "penguin or ${i}"`,
  "all countries": (i) => `countries: ${someCountries(i)}`,
  "an office on a day": (i) =>
    `office: "minister or keeper or envoy", heldOfficeOn: "${2000 + (i % 20)}-0${1 + (i % 9)}"`,
};

const OF_PLACES = {
  "frequent words": (i) => `text: "iceburg or ${i}"`,
  countries: (i) => `countries: ${someCountries(i)}`,
};

const OF_COUNTRIES = {
  words: (i) => `text: "an* or ${i}"`,
  codes: (i) => `codes: ${someCountries(i)}`,
};

const OF_AGREEMENTS = {
  "all, by a date": since,
  "a party": (i) => `parties: ["${COUNTRIES[i % 16]}"], ${since(i)}`,
  "three parties": (i) => `allParties: ["AQ", "BV", "HM"], ${since(i)}`,
};

const OF_ORGANIZATIONS = {
  "kinds and countries": (i) => `kinds: [PARTY, OTHER], countries: ${someCountries(i)}`,
  "frequent words": (i) => `text: "council or penguin or ${i}"`,
  identifiers: (i) => `identifiers: [{ scheme: "wikidata", value: "Q${i}" }]`,
};

const OF_DOCUMENTS = {
  "all, by a date": since,
  "frequent words": alternatives,
  "all kinds": (i) => `kinds: [NEWS, DATASET, TRANSCRIPT, READOUT], ${since(i)}`,
  "a publisher": (i) => `publishers: ["publisher ${i}"], ${since(i)}`,
};

module.exports = {
  COUNTRIES,
  OF_AGREEMENTS,
  OF_COUNTRIES,
  OF_DOCUMENTS,
  OF_MEETINGS,
  OF_ORGANIZATIONS,
  OF_PEOPLE,
  OF_PLACES,
  OF_STATEMENTS,
};
