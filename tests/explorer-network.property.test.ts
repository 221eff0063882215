import fc from "fast-check";
import { networkLayout } from "../explorer/src/pictures/network.layout.js";
import { fitted } from "../explorer/src/pictures/svg.js";
import { areWithin, around, type Box, ROUNDED } from "./harness/boxes.js";

/** As long as names of people are. */
const NAMES = [
  ...["Mohamed Abdel Ghani el-Gamasy", "Aquilino Edgardo Boyd de la Guardia", "Li Qiang"],
  ...["Anatoly Fyodorovich Dobrynin", "Valéry Giscard d’Estaing", "Φρειδερίκη Παπαδοπούλου"],
  ...["Hans-Dietrich Genscher", "Chansamone Chanyalath", "Андрей Андреевич Громыко", "周恩来"],
];

/** How wide letters are in a common sans serif: about half their size, capitals more. */
const lettersWide = (text: string, size: number) =>
  [...text].reduce(
    (width, one) => width + (one > "\u10ff" ? 1 : /[A-ZmwА-ЯΑ-Ω]/.test(one) ? 0.7 : 0.55) * size,
    0,
  );

/** That no two names touch, no circle is on a name or on another circle, and all are within the picture; lines end within it. */
function expectApart(
  people: readonly { label: string; second: string }[],
  layout: ReturnType<typeof networkLayout>,
): void {
  const circles = layout.places.map(around);
  const names = layout.places.map(({ y, labelX, isLeft }, i): Box => {
    const { label, second } = people[i]!;
    const width = Math.max(lettersWide(label, 13), lettersWide(second, 11));
    return { x: isLeft ? labelX - width : labelX, y: y - 12, width, height: 29 };
  });
  expect(areWithin([...circles, ...names], layout)).toBe(true);
  const boxes = [...circles, ...names];
  for (const [i, one] of boxes.entries()) {
    for (const other of boxes.slice(i + 1)) {
      const isApart =
        one.x + one.width <= other.x + ROUNDED ||
        other.x + other.width <= one.x + ROUNDED ||
        one.y + one.height <= other.y + ROUNDED ||
        other.y + other.height <= one.y + ROUNDED;
      expect([isApart, one, other]).toEqual([true, one, other]);
    }
  }
  expect(layout.curves.join()).not.toMatch(/NaN|Infinity/);
}

describe("The network of whom somebody met", () => {
  it("Thirty people and their names are in the network, none on another one, on a circle or outside, always alike", () => {
    const met = fc.record({
      group: fc.constantFrom("", "AQ", "BV", "NO", "SG", "US"),
      count: fc.oneof(fc.nat(30), fc.nat(2 ** 31 - 2)).map((many) => many + 1),
      label: fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 40, unit: "grapheme" })),
      second: fc.constantFrom("1 meeting", "Bouvet Island · 12 meetings", "Norway · 3 meetings"),
    });
    const people = fc.array(met, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        people,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 }),
        (each, pairs) => {
          const all = each.map((one) => ({ ...one, label: fitted(one.label, 13, 200) }));
          const ties = pairs.map(([from, to]) => ({
            from: from % all.length,
            to: to % all.length,
          }));
          const layout = networkLayout(all, ties);
          expectApart(all, layout);
          expect(networkLayout(all, ties)).toEqual(layout);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("Those of one side stand beside each other in a network, however many they are", () => {
    for (const many of [1, 2, 3, 9, 30]) {
      const crowd = Array.from({ length: many }, (_, i) => ({
        ...{ group: ["AQ", "BV", "NO"][i % 3]!, count: 9, label: "W".repeat(15), second: "1" },
      }));
      const layout = networkLayout(crowd, []);
      expectApart(crowd, layout);
      const { middle } = layout;
      const angles = layout.places.map(({ x, y }, i) => ({
        angle: (Math.atan2(x - middle.x, middle.y - y) + 2 * Math.PI) % (2 * Math.PI),
        group: crowd[i]!.group,
      }));
      const around = angles.sort((a, b) => a.angle - b.angle).map(({ group }) => group);
      const changes = around.filter((group, i) => i > 0 && group !== around[i - 1]);
      expect(changes).toHaveLength(Math.min(many, 3) - 1);
    }
  });
});
