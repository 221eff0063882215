import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { columnLayout } from "../explorer/src/pictures/columns.js";
import { dayLayout } from "../explorer/src/pictures/days.js";
import { circlesOf } from "../explorer/src/pictures/map.js";
import { spansOf } from "../explorer/src/pictures/by-year.js";
import { monthLayout } from "../explorer/src/pictures/months.js";
import { classesOf, shadeOf } from "../explorer/src/pictures/shades.js";
import { theWorld } from "../explorer/src/pictures/world.js";
import { yearsOf } from "../explorer/src/pictures/years.js";
import { areWithin, around } from "./harness/boxes.js";

const count = fc.oneof(fc.nat(3), fc.nat(3_000), fc.nat(2 ** 31 - 1));
const atLeastOne = count.map((many) => many + 1);

describe("Whatever is counted, every mark of a picture is within it", () => {
  it("Columns keep to their side of the axis", () => {
    const column = fc.record({ up: count, down: fc.option(count, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 400 }), (columns) => {
        const layout = columnLayout(columns);
        for (const [i, { up, down }] of layout.bars.entries()) {
          expect(areWithin([up, down], layout)).toBe(true);
          expect(up.y + up.height).toBeCloseTo(layout.base, 0);
          expect(up.height > 0).toBe(columns[i]!.up > 0);
        }
      }),
    );
  });

  it("Years are in order and at most 300, but for those that were counted", () => {
    const year = fc.integer({ min: 1, max: 9999 }).map((year) => ({
      ...{ value: String(year).padStart(4, "0"), label: "", count: 1 },
    }));
    fc.assert(
      fc.property(fc.array(year), fc.array(year), (some, others) => {
        const years = yearsOf(some, others);
        expect(years).toEqual([...new Set(years)].sort());
        expect(years.length).toBeLessThanOrEqual(Math.max(300, some.length + others.length));
        for (const { value } of [...some, ...others]) expect(years).toContain(value);
      }),
    );
  });

  it("The months of each year are in one span of years", () => {
    const year = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(fc.array(year, { minLength: 1 }), (years) => {
        const text = (one: number) => String(one).padStart(4, "0");
        const spans = spansOf(
          [...new Set(years)].map((one) => ({ value: text(one), count: 1 })),
          25,
        );
        for (const one of years) {
          const within = spans.filter(({ from, to }) => from <= text(one) && text(one) <= to);
          expect(within).toHaveLength(1);
          const { from, to } = within[0]!;
          const layout = monthLayout(Number(from), Number(to));
          expect(areWithin(layout.cells, layout)).toBe(true);
        }
      }),
    );
  });

  it("Spans of years have each year once, back from the last, and no more rows than they may but of one year", () => {
    const years = fc.uniqueArray(
      fc.record({
        value: fc.integer({ min: 1000, max: 1200 }).map(String),
        count: fc.integer({ min: 1, max: 9 }),
      }),
      { selector: ({ value }) => value, minLength: 1 },
    );
    fc.assert(
      fc.property(
        years,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (all, longest, most) => {
          const spans = spansOf(all, longest, most);
          const within = ({ from, to }: { from: string; to: string }) =>
            all.filter(({ value }) => value >= from && value <= to);
          expect(spans.flatMap(within)).toHaveLength(all.length);
          expect(spans.at(-1)!.to).toBe(
            all
              .map(({ value }) => value)
              .sort()
              .at(-1),
          );
          for (const [i, span] of spans.entries()) {
            const inside = within(span);
            const rows = inside.reduce((sum, { count }) => sum + count, 0);
            expect(Number(span.to) - Number(span.from)).toBeLessThan(longest);
            expect(inside.length === 1 || rows <= most).toBe(true);
            // It could not have been longer.
            const before = spans[i - 1];
            const next = before && all.find(({ value }) => value === before.to)!;
            const isFull =
              next === undefined ||
              rows + next.count > most ||
              Number(span.to) - Number(next.value) >= longest;
            expect(isFull).toBe(true);
          }
        },
      ),
    );
    expect(spansOf([], 25)).toEqual([]);
  });

  it("Statements and meetings of a month stand on their days, and no title on another", () => {
    const day = fc.integer({ min: 1, max: 29 }).map((one) => String(one).padStart(2, "0"));
    const date = fc.oneof(
      day.map((one) => `2024-02-${one}`),
      fc.constantFrom("2024-02", "2024", null, "2024-01-30", "2024-03-02"),
    );
    const met = fc.record({ startDate: date, endDate: date, label: fc.string({ maxLength: 60 }) });
    fc.assert(
      fc.property(
        fc.array(fc.record({ date }), { maxLength: 100 }),
        fc.array(met, { maxLength: 100 }),
        (said, meetings) => {
          const layout = dayLayout("2024-02", said, meetings);
          const dots = layout.statements.map(({ x, y }) => around({ x, y, radius: 4 }));
          const bars = layout.meetings.map((bar) => ({ ...bar, height: 12 }));
          expect(areWithin([...dots, ...bars], layout)).toBe(true);
          expect(dots).toHaveLength(said.filter((one) => one.date?.startsWith("2024-02-")).length);
        },
      ),
    );
  });

  it("Circles of a map are on it, or left out", () => {
    const world = theWorld();
    expect(world.at(0, -90)).toBeNull();
    expect(world.at(0, 0)).not.toBeNull();
    const place = fc.record({
      count: atLeastOne,
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 100 }), (places) => {
        const middles = circlesOf(places, world).map(({ x, y }) => around({ x, y, radius: 0 }));
        expect(areWithin(middles, world)).toBe(true);
      }),
    );
  });

  it("A count has a shade, a higher one never a weaker shade", () => {
    fc.assert(
      fc.property(fc.array(atLeastOne, { minLength: 1 }), (counts) => {
        const bounds = classesOf(counts);
        expect(bounds.length).toBeLessThanOrEqual(5);
        const shades = counts.toSorted((a, b) => a - b).map((one) => shadeOf(one, bounds));
        expect(shades).toEqual(shades.toSorted());
        for (const shade of shades) expect(shade).toMatch(/^shade-[1-5]$/);
      }),
    );
  });
});

describe("The colours of pictures", () => {
  const style = readFileSync(join(__dirname, "../explorer/style.css"), "utf8");

  /** The colours of light, dark and print, by the order in which they stand in the style sheet. */
  const schemes = [...style.matchAll(/:root \{(.*?)\}/gs)].map(([, declared]) =>
    Object.fromEntries(
      [...declared!.matchAll(/--([\w-]+): (#\w+)/g)].map(([, name, color]) => [name!, color!]),
    ),
  );
  const luminance = (color: string) => {
    const full = color.length === 4 ? color.replace(/\w/g, "$&$&") : color;
    const [red, green, blue] = [1, 3, 5].map((i) => {
      const share = parseInt(full.slice(i, i + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const contrast = (one: string, other: string) => {
    const [most, least] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (most! + 0.05) / (least! + 0.05);
  };

  it("Marks have a contrast of 3:1 to their ground, numbers 4.5:1 to their shade", () => {
    expect(schemes).toHaveLength(3);
    for (const colors of schemes) {
      const marks = ["shade-4", "gold", "shade-line", "ink", "soft"];
      for (const name of marks) {
        expect([name, contrast(colors[name]!, colors["card"]!) >= 3]).toEqual([name, true]);
      }
      const numbers = ["on-pale", "on-pale", "on-middle", "on-strong", "on-strong"];
      for (const [i, name] of numbers.entries()) {
        const shade = colors[`shade-${i + 1}`]!;
        expect([shade, contrast(colors[name]!, shade) >= 4.5]).toEqual([shade, true]);
      }
    }
  });

  it("Shades go from weak to strong in lightness alone", () => {
    for (const colors of schemes) {
      const steps = [1, 2, 3, 4, 5].map((i) => contrast(colors[`shade-${i}`]!, colors["card"]!));
      for (const [i, step] of steps.slice(1).entries())
        expect(step / steps[i]!).toBeGreaterThan(1.3);
    }
  });
});
