// What runs inside a page is typed as such. Only for the tests: src/ is compiled without it.
/// <reference lib="dom" />
import type { Page } from "playwright-core";

/**
 * Where the Tab key goes elsewhere than somebody who reads: pairs of elements of which the second is before the first. The marks of
 * a picture are left out: they come in the order of what they show, such as time, wherever they are.
 */
export function outOfOrder(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const nameOf = (element: Element) => (element.textContent || element.id).trim().slice(0, 40);
    const reached = [
      ...document.querySelectorAll<HTMLElement>("a[href], button, input, [tabindex]"),
    ]
      .filter((element) => element.tabIndex >= 0 && !element.classList.contains("skip"))
      .filter((element) => !element.closest("svg"))
      // Not within details that are closed, which have boxes all the same.
      .filter((element) => element.checkVisibility({ contentVisibilityAuto: true }))
      .map((element) => ({ name: nameOf(element), index: element.tabIndex, ...boxOf(element) }))
      .filter(({ width }) => width > 0);
    /** The first line of it. */
    function boxOf(element: Element) {
      const { top, bottom, left, right, width } = element.getClientRects()[0] ?? new DOMRect();
      return { top, bottom, left, right, width };
    }
    return reached.flatMap((next, i) => {
      const before = reached[i - 1];
      if (next.index > 0) return [`${next.name} has a tabindex of ${next.index}`];
      if (!before) return [];
      const middle = (next.top + next.bottom) / 2;
      const isOnLine = middle > before.top && middle < before.bottom;
      const isBefore = isOnLine
        ? next.left < before.left
        : next.bottom <= before.top && next.left < before.right;
      return isBefore ? [`${next.name} comes after ${before.name}`] : [];
    });
  });
}

/** What the Tab key reaches first, with how wide its outline is and whether it is in sight. */
export async function firstReached(page: Page, presses: number) {
  const reached: { name: string; outline: string; isInSight: boolean }[] = [];
  for (let i = 0; i < presses; i++) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        const element = document.activeElement!;
        const { top, bottom, right } = element.getBoundingClientRect();
        return {
          name: (element.textContent || element.id).trim(),
          outline: getComputedStyle(element).outlineWidth,
          isInSight: bottom > 0 && right > 0 && top < innerHeight,
        };
      }),
    );
  }
  return reached;
}
