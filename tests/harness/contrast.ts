// What runs inside a page is typed as such. Only for the tests: src/ is compiled without it.
/// <reference lib="dom" />
import type { Page } from "playwright-core";

/** The texts whose colour is too close to their ground's, with their contrast as WCAG defines it. */
export function textsBelowContrast(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const luminance = (color: string) => {
      const [red, green, blue] = color.match(/[\d.]+/g)!.map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    // A text of a picture has a fill for its colour, and may stand on the shape before it.
    const isDrawn = (element: Element) => element instanceof SVGTextElement;
    const colorOf = (element: Element) =>
      getComputedStyle(element)[isDrawn(element) ? "fill" : "color"];
    const groundOf = (element: Element): string => {
      const before = element.previousElementSibling;
      if (isDrawn(element) && before?.matches(".shade")) return getComputedStyle(before).fill;
      const { backgroundColor } = getComputedStyle(element);
      const isSeeThrough = backgroundColor === "rgba(0, 0, 0, 0)";
      return isSeeThrough ? groundOf(element.parentElement!) : backgroundColor;
    };
    const hasText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim());
    return [...document.body.querySelectorAll("*")].filter(hasText).flatMap((element) => {
      const pair = [luminance(colorOf(element)), luminance(groundOf(element))];
      const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      return contrast < least ? [`${contrast.toFixed(1)} ${element.textContent}`] : [];
    });
  }, least);
}
