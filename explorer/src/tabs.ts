import { html, type Html } from "./html.js";
import { isNarrowed } from "./narrowing.js";
import { Moved } from "./outcome.js";
import type { Visit } from "./visit.js";
import { counted } from "./words.js";

/**
 * The tabs of a kind of page: the key of each in addresses, and its title; also what its count is of, one and several, where the
 * title does not say it.
 */
export type TabList<Key extends string> = readonly (readonly [
  key: Key,
  title: string,
  noun?: readonly [one: string, several: string],
])[];

/** How many rows the whole lists of tabs have; absent or null where that is not known. */
export type TabCounts<Key extends string> = Partial<Record<Key, number | null>>;

/** The counts from the lists of a result, each selected without rows. */
export function countsOf<Key extends string>(
  lists: Partial<Record<Key, { totalCount: number | null } | null>>,
): TabCounts<Key> {
  const counts = Object.entries<{ totalCount: number | null } | null | undefined>(lists);
  return Object.fromEntries(
    counts.map(([key, list]) => [key, list?.totalCount ?? null]),
  ) as TabCounts<Key>;
}

/** The tab of the address; the first if there is no such tab. */
export function tabOf<Key extends string>(visit: Visit, all: TabList<Key>): Key {
  const asked = visit.parameter("tab");
  return (all.find(([key]) => key === asked) ?? all[0]!)[0];
}

/** The first tab whose list has rows where that of the first tab has none; else the first tab. */
function opensOn<Key extends string>(all: TabList<Key>, counts: TabCounts<NoInfer<Key>>): Key {
  const first = all[0]![0];
  if (counts[first] !== 0) return first;
  return all.find(([key]) => (counts[key] ?? 0) > 0)?.[0] ?? first;
}

/** What the address of a tab has after its path: nothing for the tab that the page opens on, if that is the first. */
export function queryOf<Key extends string>(
  tab: NoInfer<Key>,
  all: TabList<Key>,
  counts: TabCounts<NoInfer<Key>> = {},
): string {
  const opens = opensOn(all, counts);
  return tab === opens && tab === all[0]![0] ? "" : `?tab=${tab}`;
}

/**
 * Leads from the address of the page alone to the first tab that has something. An address that names a tab, or narrows a
 * list, stays what it is.
 *
 * @throws Moved to that tab.
 */
export function openOn<Key extends string>(
  visit: Visit,
  all: TabList<Key>,
  counts: TabCounts<NoInfer<Key>>,
): void {
  if (visit.parameter("tab") !== null || isNarrowed(visit)) return;
  const tab = opensOn(all, counts);
  if (tab !== all[0]![0]) throw new Moved(visit.here({ tab }));
}

/** The tabs of a page: addresses of their own, with the number of rows where it is known. */
export function tabs<Key extends string>(
  visit: Visit,
  label: string,
  current: NoInfer<Key>,
  all: TabList<Key>,
  counts: TabCounts<NoInfer<Key>> = {},
): Html {
  // To the tabs, which on a phone may be a screen below the top.
  const to = (key: Key) => `${visit.path}${queryOf(key, all, counts)}#tabs`;
  return html`<nav id="tabs" class="tabs" aria-label="${label}"><ul>
${all.map(
  ([key, title, noun]) =>
    html`<li><a href="${to(key)}"${
      key === current && html` aria-current="page"`
    }>${title}${countOf(counts[key], noun)}</a></li>`,
)}
</ul></nav>`;
}

function countOf(
  count: number | null | undefined,
  noun: readonly [one: string, several: string] | undefined,
) {
  if (typeof count !== "number") return null;
  return html` <span class="count">${noun ? counted(count, ...noun) : count.toLocaleString("en")}</span>`;
}
