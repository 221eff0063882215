import { graphql, type ResultOf } from "./graphql.js";
import { html, type Content } from "./html.js";
import { dateWords, propertyWords, shortened, words } from "./words.js";

/** The fields of an item before and after a change. */
export const CHANGED_FIELDS = graphql(`
  fragment ChangedFields on RecordChange {
    fields {
      field
      oldJson
      newJson
    }
  }
`);

type ChangedField = ResultOf<typeof CHANGED_FIELDS>["fields"][number];

/** The longest text that is shown at once; the whole of a longer one is behind a click. */
const MAX_LENGTH = 240;
/** How many values of a list are shown at once. */
const SHOWN = 10;

/** Properties whose values are words of the record format, such as `BILATERAL`. */
const OF_WORDS = /^(kind|form|mode|role|coverage|status|standing|.*relation|.*certainty)$/i;

/** What was changed: each field with what it was and what it became. Those of what came on record are not shown: they are on its page. */
export function changedFields({
  kind,
  fields,
}: {
  kind: string;
  fields?: readonly ChangedField[];
}): Content {
  if (kind !== "CHANGED" || !fields || fields.length === 0) return null;
  return html`<dl class="facts">${fields.map(
    ({ field, oldJson, newJson }) =>
      html`<div><dt>${propertyWords(field)}</dt><dd>${side("Before", field, oldJson)}${side("After", field, newJson)}</dd></div>`,
  )}</dl>`;
}

/** The same in one line for a table: `date: 2024-11 → 2024-11-20`. */
export function changedFieldsText({ kind, fields }: Parameters<typeof changedFields>[0]): string {
  if (kind !== "CHANGED" || !fields) return "";
  return fields
    .map(({ field, oldJson, newJson }) => `${field}: ${oldJson ?? "–"} → ${newJson ?? "–"}`)
    .join("; ");
}

function side(title: string, field: string, json: string | null): Content {
  const value = valueOf(field, parsed(json));
  return html`<div class="side"><span class="soft">${title}</span> <div>${value}</div></div>`;
}

function parsed(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** A value as people write it: lists as lists, the parts of an object by their names. */
function valueOf(field: string, value: unknown): Content {
  if (value === null || value === undefined) return html`<span class="soft">nothing</span>`;
  if (Array.isArray(value)) return listOf(field, value);
  if (typeof value === "object") {
    return html`<ul class="parts">${Object.entries(value).map(
      ([name, inside]) =>
        html`<li><span class="soft">${propertyWords(name)}:</span> ${valueOf(name, inside)}</li>`,
    )}</ul>`;
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en");
  return textOf(field, typeof value === "string" ? value : JSON.stringify(value));
}

function listOf(field: string, values: readonly unknown[]): Content {
  if (values.length === 0) return html`<span class="soft">nothing</span>`;
  const items = (some: readonly unknown[]) =>
    html`<ul class="values">${some.map((one) => html`<li>${valueOf(field, one)}</li>`)}</ul>`;
  const others = values.slice(SHOWN);
  return html`${items(values.slice(0, SHOWN))}${
    others.length > 0 &&
    html`<details><summary>${others.length} more</summary>${items(others)}</details>`
  }`;
}

function textOf(field: string, text: string): Content {
  if (/^\d{4}-\d\d(-\d\d)?$/.test(text)) return dateWords(text);
  if (OF_WORDS.test(field)) return words(text);
  if (text.length <= MAX_LENGTH) return text;
  return html`${shortened(text, MAX_LENGTH)}<details><summary>The whole text</summary>${text}</details>`;
}
