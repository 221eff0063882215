import { isDeepStrictEqual } from "node:util";
import { isOpen } from "./record.merge.js";
import { partRows, type Row } from "./record.tables.js";

const SPEAKERS = /^speaker\/\d+\/(?:person_id|country_code|organization_id|description)$/;

/**
 * Which of a published statement's words, speakers and date a record would change. Such a change is a statement
 * of its own, which corrects the old one: nothing is silently lost. What was left open may be filled in.
 */
export function changesOfPublished(before: Row, now: Row): string[] {
  const isChanged = (column: string) =>
    !isOpen(column, before[column]) && !isDeepStrictEqual(before[column], now[column]);
  const hasOtherSides = partRows("speaker", before).length !== partRows("speaker", now).length;
  const areChanged = {
    words: isChanged("text"),
    speakers: hasOtherSides || Object.keys(before).some((c) => SPEAKERS.test(c) && isChanged(c)),
    date: isChanged("date_from") || isChanged("date_to"),
  };
  return Object.entries(areChanged).flatMap(([name, yes]) => (yes ? [name] : []));
}
