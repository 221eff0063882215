import { forceLink, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import { px, widthOf } from "./svg.js";

const WIDTH = 940;
const LEAST_HEIGHT = 260;
const MARGIN = 10;
const LARGEST = 18;
const SMALLEST = 5;
/** Nobody is drawn large for fewer meetings than this. */
const MANY = 5;
/** A name, and below it what is known of the person. */
const ROW = 36;
/** Between a circle and its name. */
const GAP = 8;
/** How far from the middle circles are at most. */
const REACH = 300;
const TICKS = 60;

/** One whom the person in the middle met. */
export interface Met {
  /** Of which side, so that those of one side stand together. */
  group: string;
  /** How many meetings there were, at least 1. */
  count: number;
  label: string;
  second: string;
}

/** Two of them who met each other. */
export interface Tie {
  from: number;
  to: number;
}

/** The circle of one of them, and where the name begins, or ends if it is on the left. */
interface Place {
  x: number;
  y: number;
  radius: number;
  labelX: number;
  isLeft: boolean;
}

/** The sizes of the names in the picture: of the person, and of what stands below. */
export const NAME_SIZE = 13;
export const SECOND_SIZE = 11;

/**
 * Places people on an oval around the middle, each in a row of their own, the names outside of it: so no name is on another one, on a circle or on
 * a line, whatever they are called. Those of one side stand together, of these those who met each other near.
 */
export function networkLayout(met: readonly Met[], ties: readonly Tie[]) {
  const most = met.reduce((largest, { count }) => Math.max(largest, count), MANY);
  const radii = met.map(({ count }) => Math.max(SMALLEST, LARGEST * Math.sqrt(count / most)));
  const widest = met.reduce(
    (width, { label, second }) =>
      Math.max(width, widthOf(label, NAME_SIZE), widthOf(second, SECOND_SIZE)),
    0,
  );
  const order = inOrder(met, ties);
  // Clockwise from the top, so the left side goes up. It is what a phone shows first: one alone stands there.
  const half = Math.floor(order.length / 2);
  const columns = [order.slice(0, half), order.slice(half).reverse()];
  const rows = columns.map((column) =>
    column.map((i) => Math.max(ROW, 2 * radii[i]! + 2 * SMALLEST)),
  );
  const heights = rows.map((column) => column.reduce((sum, row) => sum + row, 0));
  const height = Math.max(LEAST_HEIGHT, ...heights.map((one) => one + 2 * MARGIN));
  const middle = { x: WIDTH / 2, y: px(height / 2) };
  const reach = Math.min(REACH, WIDTH / 2 - MARGIN - widest - GAP - 2 * LARGEST);
  const places: Place[] = [];
  for (const [side, column] of columns.entries()) {
    const spare = (height - 2 * MARGIN - heights[side]!) / column.length;
    const way = side === 0 ? 1 : -1;
    let top = MARGIN;
    for (const [row, i] of column.entries()) {
      const y = top + (rows[side]![row]! + spare) / 2;
      top += rows[side]![row]! + spare;
      // The oval is higher than the picture: its ends would be on top of the middle.
      const x = middle.x + way * reach * Math.sqrt(1 - ((y - middle.y) / (height * 0.56)) ** 2);
      const radius = radii[i]!;
      const labelX = px(x + way * (radius + GAP));
      places[i] = { x: px(x), y: px(y), radius: px(radius), labelX, isLeft: way < 0 };
    }
  }
  const curves = ties.map(({ from, to }) => curveOf(places[from]!, places[to]!, middle));
  return { width: WIDTH, height, middle, places, curves };
}

interface Point {
  x: number;
  y: number;
}

interface Node extends SimulationNodeDatum {
  x: number;
  y: number;
  home: Point;
}

/** The order around the oval: side by side, and of each side as those whom they met draw them. */
function inOrder(met: readonly Met[], ties: readonly Tie[]): number[] {
  const groups = new Map<string, number[]>();
  for (const [i, { group }] of met.entries()) groups.set(group, [...(groups.get(group) ?? []), i]);
  const start = [...groups.values()].flat();
  const angles = new Map(start.map((i, place) => [i, (place / met.length) * 2 * Math.PI]));
  const nodes = met.map((_, i): Node => {
    const angle = angles.get(i)!;
    const home = { x: Math.cos(angle), y: Math.sin(angle) };
    return { ...home, home };
  });
  const links = ties.map(({ from, to }) => ({ source: from, target: to }));
  forceSimulation(nodes)
    .force("x", forceX<Node>(({ home }) => home.x).strength(0.1))
    .force("y", forceY<Node>(({ home }) => home.y).strength(0.1))
    .force("ties", forceLink<Node, (typeof links)[number]>(links).distance(0).strength(0.05))
    .stop()
    .tick(TICKS);
  return [...groups.values()].flatMap((group) => {
    const last = angles.get(group.at(-1)!)!;
    const middle = (angles.get(group[0]!)! + last) / 2;
    const turned = (i: number) => turn(Math.atan2(nodes[i]!.y, nodes[i]!.x) - middle);
    return group.toSorted((a, b) => turned(a) - turned(b) || a - b);
  });
}

/** An angle between -π and π. */
function turn(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}

/** The path of a tie, bent to the middle, so that it stays within the oval and off the names. */
function curveOf(one: Point, other: Point, middle: Point): string {
  const [x, y] = [(one.x + other.x) / 2, (one.y + other.y) / 2];
  const bent = `${px((x + middle.x) / 2)},${px((y + middle.y) / 2)}`;
  return `M${one.x},${one.y}Q${bent} ${other.x},${other.y}`;
}
