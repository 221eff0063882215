import { resolve } from "node:path";

/** What Vite has built of the explorer's scripts. */
export const ISLANDS = resolve(__dirname, "../../dist/explorer/islands");

const SAID = "/statements/vientiane-2024-11-20/trust-through-de-escalation";
const DONG = "/meetings/singh-dong-vientiane-2024";

/**
 * The explorer's pages that are tested as pages: one of each kind, by name, all tabs included, on the record that ships with the project.
 * That has no text that may be shown, so {@link TEXT_PAGES} are of another.
 */
export const EXPLORER_PAGES = {
  person: "/people/rajnath-singh",
  "person-narrowed": "/people/rajnath-singh?facets=1&topic=asean",
  "person-met": "/people/rajnath-singh?tab=met",
  "person-met-narrowed": "/people/rajnath-singh?tab=met&facets=1&year=2024",
  "person-met-with": "/people/rajnath-singh?tab=met&facets=person",
  "person-sources": "/people/rajnath-singh?tab=sources",
  "person-claims": "/people/rajnath-singh?tab=claims",
  "person-timeline": "/people/rajnath-singh?tab=pictures",
  "person-timeline-month": "/people/rajnath-singh?tab=pictures&at=2024-11",
  "person-months": "/people/rajnath-singh?tab=pictures&picture=months",
  "person-map": "/people/rajnath-singh?tab=pictures&picture=map",
  "person-network": "/people/rajnath-singh?tab=pictures&picture=network",
  "person-history": "/people/rajnath-singh?tab=history",
  statement: SAID,
  "statement-claims": `${SAID}?tab=claims`,
  "statement-history": `${SAID}?tab=history`,
  meeting: DONG,
  "meeting-passages": `${DONG}?tab=passages`,
  "meeting-claims": `${DONG}?tab=claims`,
  "meeting-history": `${DONG}?tab=history`,
  country: "/countries/IN",
  "country-met": "/countries/IN?tab=met&facets=1",
  "country-people": "/countries/IN?tab=people",
  "country-agreements": "/countries/LA?tab=agreements",
  place: "/places/vientiane",
  "place-met": "/places/vientiane?tab=met",
  "place-history": "/places/vientiane?tab=history",
  organization: "/organizations/asean?tab=said",
  "organization-met": "/organizations/asean?tab=met",
  "organization-history": "/organizations/asean?tab=history",
  topic: "/topics/asean",
  "topic-history": "/topics/asean?tab=history",
  document: "/documents/vientiane-2024-11-20",
  "document-met": "/documents/vientiane-2024-11-20?tab=met",
  "document-history": "/documents/vientiane-2024-11-20?tab=history",
  date: "/dates/2024-11-20",
  "date-met": "/dates/2024-11?tab=met",
  pair: "/with/IN/CN",
  "pair-of-people": "/with/rajnath-singh/dong-jun",
  "all-meetings": "/meetings?facets=1",
  "all-people": "/people",
  "all-documents": "/documents",
  "all-years": "/dates",
  changes: "/changes",
  revision: "/changes/1",
  search: "/search?q=singh",
};

/** The same of the fable (`loadFable`), whose text may be shown. */
export const TEXT_PAGES = {
  "document-text": "/documents/the-herring-pact?tab=text",
  "document-passages": "/documents/the-herring-pact?tab=said",
  "statement-in-text": "/statements/the-herring-pact/whose-sea-it-is",
};

/** Pages that say what is wrong with their address, by status. */
export const FAILURE_PAGES = {
  missing: "/people/rajnat-sing",
  refused: "/people/rajnath-singh?after=none",
};
