import {
  forceCollide,
  forceLink,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import { px, widthOf } from "./svg.js";

const WIDTH = 940;
const HEIGHT = 660;
/** Enough for a few people. */
const LOW = 460;
const FEW = 8;
const LARGEST = 26;
/** Nobody is drawn large for fewer meetings than this. */
const MANY = 5;
const SMALLEST = 6;
/** The name below a node, and below it what is known of it. */
const LINES = 30;
const MARGIN = 8;
const TICKS = 200;

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

interface Point {
  x: number;
  y: number;
}

interface Size {
  width: number;
  height: number;
}

interface Node extends SimulationNodeDatum {
  x: number;
  y: number;
  radius: number;
  /** Half the width, and the height from the middle to the top and to the bottom, label and all. */
  half: number;
  homeX: number;
  homeY: number;
}

/** Places people around the middle: those of one side together, who met each other near, no two on top of each other. */
export function networkLayout(met: readonly Met[], ties: readonly Tie[]) {
  const size = { width: WIDTH, height: met.length > FEW ? HEIGHT : LOW };
  const most = met.reduce((largest, { count }) => Math.max(largest, count), MANY);
  const homes = homesOf(met, size);
  const nodes = met.map((one, i): Node => {
    const [homeX, homeY] = homes.get(one.group)!;
    const radius = Math.max(SMALLEST, LARGEST * Math.sqrt(one.count / most));
    const text = Math.max(widthOf(one.label, 13), widthOf(one.second, 11));
    // Around its home, so that no two start at the same point.
    const [x, y] = [homeX + 9 * Math.cos(i * 2.4), homeY + 9 * Math.sin(i * 2.4)];
    return { x, y, radius, half: Math.max(radius, text / 2) + 4, homeX, homeY };
  });
  const links = ties.map(({ from, to }) => ({ source: from, target: to }));
  forceSimulation(nodes)
    .force("x", forceX<Node>(({ homeX }) => homeX).strength(0.12))
    .force("y", forceY<Node>(({ homeY }) => homeY).strength(0.16))
    .force("ties", forceLink<Node, (typeof links)[number]>(links).distance(120).strength(0.03))
    .force(
      "apart",
      forceCollide<Node>(({ radius, half }) => Math.max(radius + 14, half * 0.7)),
    )
    .stop()
    .tick(TICKS);
  const middle: Node = {
    ...{ x: size.width / 2, y: size.height / 2, radius: LARGEST + 4, half: 70, homeX: 0, homeY: 0 },
  };
  separate(nodes, middle, size);
  const places = nodes.map(({ x, y, radius }) => ({ x: px(x), y: px(y), radius: px(radius) }));
  const curves = ties.map(({ from, to }) => curveOf(places[from]!, places[to]!, middle, size));
  return { ...size, middle: { x: middle.x, y: middle.y }, places, curves };
}

/** The home of each side on an oval around the middle, with as much of it as it has people. */
function homesOf(met: readonly Met[], { width, height }: Size): Map<string, [number, number]> {
  const sizes = new Map<string, number>();
  for (const { group } of met) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  let before = 0;
  return new Map(
    [...sizes].map(([group, size]) => {
      const angle = ((before + size / 2) / met.length) * 2 * Math.PI - Math.PI / 2;
      before += size;
      return [
        group,
        [width * (0.5 + 0.34 * Math.cos(angle)), height * (0.5 + 0.34 * Math.sin(angle))] as [
          number,
          number,
        ],
      ];
    }),
  );
}

/** Moves nodes with their labels apart, within the picture, and off the middle, in rounds of a bounded number. */
function separate(nodes: readonly Node[], middle: Node, size: Size): void {
  for (let round = 0; round < 300; round++) {
    let moved = false;
    for (const [i, one] of nodes.entries()) {
      for (const other of nodes.slice(i + 1)) moved = apart(one, other, 0.5) || moved;
      moved = apart(one, middle, 1) || moved;
      within(one, size);
    }
    if (!moved) return;
  }
}

/** Moves two that touch apart, along the shorter way; `share` is how much of it the first one goes. */
function apart(one: Node, other: Node, share: number): boolean {
  const top = (node: Node) => node.y - node.radius - 3;
  const bottom = (node: Node) => node.y + node.radius + LINES;
  const overX = one.half + other.half - Math.abs(one.x - other.x);
  const overY = Math.min(bottom(one), bottom(other)) - Math.max(top(one), top(other));
  if (overX <= 0 || overY <= 0) return false;
  if (overX < overY) {
    const way = one.x < other.x ? -1 : 1;
    one.x += way * (overX * share + 0.5);
    if (share < 1) other.x -= way * (overX * share + 0.5);
  } else {
    const way = one.y < other.y ? -1 : 1;
    one.y += way * (overY * share + 0.5);
    if (share < 1) other.y -= way * (overY * share + 0.5);
  }
  return true;
}

function within(node: Node, { width, height }: Size): void {
  node.x = Math.min(width - MARGIN - node.half, Math.max(MARGIN + node.half, node.x));
  node.y = Math.min(height - MARGIN - node.radius - LINES, Math.max(MARGIN + node.radius, node.y));
}

/** The path of a tie, bent away from the middle, through which other lines go. */
function curveOf(one: Point, other: Point, middle: Point, { width, height }: Size): string {
  const half = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  const away = { x: half.x - middle.x, y: half.y - middle.y };
  const along = { x: other.x - one.x, y: other.y - one.y };
  const apart = Math.hypot(along.x, along.y) || 1;
  // Aside from the straight line, on the side that is further from the middle.
  const side = along.x * away.y - along.y * away.x < 0 ? -1 : 1;
  const bend = side * Math.max(20, 180 - Math.hypot(away.x, away.y)) * Math.min(1, apart / 250);
  const x = Math.min(width, Math.max(0, half.x - (along.y / apart) * bend));
  const y = Math.min(height, Math.max(0, half.y + (along.x / apart) * bend));
  return `M${one.x},${one.y}Q${px(x)},${px(y)} ${other.x},${other.y}`;
}
