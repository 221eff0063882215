import type { Page } from "playwright-core";
import { keepPicture, PHONE } from "./harness/browser.js";
import { textsBelowContrast } from "./harness/contrast.js";
import { shippedSite } from "./harness/site.js";

const site = shippedSite();

const fieldOf = (page: Page) => page.getByRole("combobox", { name: "Search the record" });
const optionsOf = (page: Page) => page.getByRole("option");

/** The queries for which a page asks for suggestions, as it asks. */
function asked(page: Page): string[] {
  const queries: string[] = [];
  page.on("request", (request) => {
    const { searchParams } = new URL(request.url());
    if (searchParams.has("list")) queries.push(searchParams.get("q")!);
  });
  return queries;
}

describe("Search as you type", () => {
  it.each(["/", "/countries/IN"])(
    "Search as you type leads by keyboard from %s to a person",
    async (path) => {
      const { page, foreign, troubles } = await site.open();
      await page.goto(site.address + path);
      const field = fieldOf(page);
      await field.focus();
      await page.keyboard.type("rajn");
      await optionsOf(page).first().waitFor();
      expect(await field.getAttribute("aria-expanded")).toBe("true");
      expect(await field.getAttribute("aria-activedescendant")).toBeNull();
      await page.keyboard.press("ArrowDown");
      expect(await field.getAttribute("aria-activedescendant")).toBe("suggestion-0");
      const selected = page.getByRole("option", { selected: true });
      expect(await selected.innerText()).toMatch(/^Rajnath Singh\s+Person$/);
      expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Rajnath Singh" }).waitFor();
      expect(page.url()).toBe(`${site.address}/people/rajnath-singh`);
      expect([foreign, troubles]).toEqual([[], []]);
    },
  );

  it("The arrows go round through the field, Escape closes the list, and once more empties the field", async () => {
    const { page } = await site.open();
    await page.goto(`${site.address}/search`);
    const field = fieldOf(page);
    const active = () => field.getAttribute("aria-activedescendant");
    await field.fill("singh");
    await optionsOf(page).first().waitFor();
    const count = await optionsOf(page).count();
    expect(await page.getByRole("status").innerText()).toBe(`${count} suggestions`);
    await page.keyboard.press("ArrowUp");
    expect(await active()).toBe(`suggestion-${count - 1}`);
    await page.keyboard.press("ArrowDown");
    expect(await active()).toBeNull();
    await page.keyboard.press("ArrowDown");
    expect(await active()).toBe("suggestion-0");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("listbox").count()).toBe(0);
    expect([await field.inputValue(), await active()]).toEqual(["singh", null]);
    await page.keyboard.press("ArrowDown");
    expect(await active()).toBe("suggestion-0");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    expect(await field.inputValue()).toBe("");
  });

  it("A click on an option opens it, and Enter in the field alone sends the form", async () => {
    const { page } = await site.open();
    await page.goto(`${site.address}/search`);
    await fieldOf(page).fill("vientiane");
    await page
      .getByRole("option", { name: /^Vientiane/ })
      .first()
      .click();
    await page.getByRole("heading", { level: 1, name: "Vientiane" }).waitFor();
    await fieldOf(page).fill("vientiane");
    await optionsOf(page).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site.address}/search?q=vientiane`);
  });

  it("Search as you type asks once for what is typed at one go, never for a single character, and closes the list when the field is left", async () => {
    const { page } = await site.open();
    const queries = asked(page);
    await page.goto(`${site.address}/search`);
    await fieldOf(page).focus();
    await page.keyboard.type("s");
    await page.waitForTimeout(400);
    expect(queries).toEqual([]);
    // At one go, whatever else the machine does.
    await fieldOf(page).evaluate((input: HTMLInputElement) => {
      for (const typed of ["si", "sin", "sing", "singh"]) {
        input.value = typed;
        input.dispatchEvent(new InputEvent("input"));
      }
    });
    await optionsOf(page).first().waitFor();
    expect(queries).toEqual(["singh"]);
    await page.keyboard.press("Tab");
    expect(await page.getByRole("listbox").count()).toBe(0);
    await fieldOf(page).fill("xyzzy");
    await page.waitForResponse((response) => response.url().includes("xyzzy"));
    expect(await page.getByRole("listbox").count()).toBe(0);
  });

  it("What answers too late is not shown", async () => {
    const { page } = await site.open();
    await page.goto(`${site.address}/search`);
    let answer = () => {};
    await page.route(/q=laos/, async (route) => {
      await new Promise<void>((done) => (answer = done));
      await route.continue().catch(() => {});
    });
    await fieldOf(page).fill("laos");
    await page.waitForRequest(/q=laos/);
    await fieldOf(page).fill("rajnath");
    await optionsOf(page).first().waitFor();
    answer();
    await page.waitForTimeout(300);
    expect(await optionsOf(page).first().innerText()).toMatch(/^Rajnath Singh/);
  });

  it("Offline it is silent, and online it works again", async () => {
    const { page, troubles } = await site.open();
    await page.goto(`${site.address}/search`);
    await page.context().setOffline(true);
    await fieldOf(page).fill("singh");
    await page.waitForTimeout(400);
    expect(await page.getByRole("listbox").count()).toBe(0);
    await page.context().setOffline(false);
    await page.keyboard.press("ArrowDown");
    await optionsOf(page).first().waitFor();
    expect(troubles).toEqual([]);
  });

  it.each([
    ["light", {}],
    ["dark", {}],
    ["light", PHONE],
  ] as const)("The list has enough contrast and fits: %s %j", async (colorScheme, options) => {
    for (const [name, path] of [
      ["home", "/"],
      ["explorer", "/countries/IN"],
    ] as const) {
      const { page } = await site.open({ colorScheme, ...options });
      await page.goto(site.address + path);
      await fieldOf(page).fill("disengagement");
      await optionsOf(page).first().waitFor();
      await page.keyboard.press("ArrowDown");
      const width = "viewport" in options ? "-phone" : "";
      await keepPicture(page, `${name}-suggestions-${colorScheme}${width}`);
      expect(await textsBelowContrast(page, 4.5)).toEqual([]);
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      expect(scrollWidth).toBe(clientWidth);
    }
  });
});
