import { html, type Content, type Html } from "../html.js";
import { type Drawing, mark, px } from "./svg.js";

/** A column of a picture: how many of one thing above the axis, and of another below it. */
export interface Column {
  /** What stands at the axis: a year, month or day. */
  label: string;
  says: string;
  href: string;
  up: number;
  /** Absent if the picture counts one thing. */
  down?: number;
}

/** Up to this many columns fit the width of a phone. */
const FEW = 13;
const NARROW = 350;
const WIDE = 940;
const WIDEST_STEP = 64;
const AXIS = 26;
/** For what is counted, and for the number of the longest column. */
const HEAD = 36;
const UP = 190;
const DOWN = 120;

interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Where everything of a picture of columns stands.
 *
 * @internal for the tests
 */
export function columnLayout(columns: readonly { up: number; down?: number }[]) {
  const width = columns.length <= FEW ? NARROW : WIDE;
  const step = Math.min(WIDEST_STEP, width / Math.max(columns.length, 1));
  const hasDown = columns.some(({ down }) => down !== undefined);
  // A side without anything is only named.
  const up = columns.some((column) => column.up > 0) ? UP : 0;
  const down = columns.some((column) => (column.down ?? 0) > 0) ? DOWN : 0;
  const base = HEAD + up;
  const height = base + AXIS + (hasDown ? down + HEAD : 0);
  const most = { up: mostOf(columns, "up"), down: mostOf(columns, "down") };
  // A few columns stand in the middle.
  const left = (width - step * columns.length) / 2;
  const gap = step < 6 ? 0.5 : step * 0.14;
  const bar = (count: number, top: number, room: number, i: number, isUp: boolean): Bar => {
    const high = count === 0 ? 0 : Math.max(2, (count / Math.max(top, 1)) * room);
    const y = isUp ? base - high : base + AXIS;
    return { x: px(left + i * step + gap), y: px(y), width: px(step - 2 * gap), height: px(high) };
  };
  const bars = columns.map((column, i) => ({
    x: px(left + i * step),
    up: bar(column.up, most.up, up, i, true),
    down: bar(column.down ?? 0, most.down, down, i, false),
  }));
  return { width, height, step, base, bars, most, hasDown, foot: base + AXIS + down };
}

function mostOf(columns: readonly { up: number; down?: number }[], side: "up" | "down"): number {
  return columns.reduce((most, column) => Math.max(most, column[side] ?? 0), 0);
}

interface ChartTexts {
  title: string;
  description: string;
  /** What is counted above the axis and below it. */
  up: string;
  down?: string;
}

/** Columns over an axis, each a link. Each side has a scale of its own, whose end is written beside it. */
export function columnChart(columns: readonly Column[], texts: ChartTexts): Drawing {
  const layout = columnLayout(columns);
  const { width, height, base, most, hasDown, step, foot } = layout;
  const everyBar = columns.map((column, i) => {
    const { x, up, down } = layout.bars[i]!;
    return mark(
      column.href,
      column.says,
      html`<rect class="hit" x="${x}" y="0" width="${px(step)}" height="${px(height)}"/>${
        column.up > 0 && rect(up, "bar")
      }${(column.down ?? 0) > 0 && rect(down, "bar other")}${counts(column, layout.bars[i]!, step)}`,
    );
  });
  const content = html`${scale(width, HEAD, most.up, texts.up, step)}
<line class="axis" x1="0" x2="${width}" y1="${base}" y2="${base}"/>
${hasDown && html`<line class="axis" x1="0" x2="${width}" y1="${base + AXIS}" y2="${base + AXIS}"/>`}
${hasDown && scale(width, foot, most.down, texts.down ?? "", step)}
${everyBar}
${axisLabels(columns, layout)}`;
  const { title, description } = texts;
  return { width, height, title, description, content };
}

function rect({ x, y, width, height }: Bar, name: string): Html {
  return html`<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}"/>`;
}

/** The line at the longest column, and what it counts. Where each column has its number no line is needed. */
function scale(width: number, y: number, most: number, what: string, step: number): Content {
  const isNumbered = step >= NUMBERED;
  const away = isNumbered ? 22 : 8;
  const textAt = y > HEAD ? y + away + 8 : y - away;
  const text =
    most === 0 ? `no ${what}` : isNumbered ? what : `${most.toLocaleString("en")} ${what}`;
  return html`${!isNumbered && html`<line class="grid" x1="0" x2="${width}" y1="${y}" y2="${y}"/>`}
<text class="scale${!isNumbered && " end"}" x="${isNumbered ? 0 : width}" y="${textAt}">${text}</text>`;
}

/** From this width on a column has room for its number. */
const NUMBERED = 25;

function counts(column: Column, bar: { x: number; up: Bar; down: Bar }, step: number): Content {
  if (step < NUMBERED) return null;
  const x = px(bar.x + step / 2);
  const number = (count: number, y: number) =>
    count > 0 && html`<text class="number" x="${x}" y="${px(y)}">${compact(count)}</text>`;
  return html`${number(column.up, bar.up.y - 4)}${number(column.down ?? 0, bar.down.y + bar.down.height + 11)}`;
}

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 2 });

/** A count in at most four characters. */
export function compact(count: number): string {
  return count < 1000 ? String(count) : COMPACT.format(count);
}

/** Labels below the axis, as many as don't touch. */
function axisLabels(
  columns: readonly Column[],
  { bars, step, base, width }: ReturnType<typeof columnLayout>,
): Content[] {
  const every = everyHowMany(columns, step);
  return columns.map(({ label }, i) => {
    const isShown = /^\d+$/.test(label) ? Number(label) % every === 0 : i % every === 0;
    const x = bars[i]!.x + step / 2;
    const isCut = step < NUMBERED && (x < 14 || x > width - 14);
    return isShown && !isCut && labelAt(x, base, label);
  });
}

const labelAt = (x: number, base: number, label: string): Html =>
  html`<text class="label" x="${px(x)}" y="${base + 18}">${label}</text>`;

function everyHowMany(columns: readonly Column[], step: number): number {
  const longest = Math.max(0, ...columns.map(({ label }) => label.length));
  const room = longest * 6.6 + 6;
  return [1, 2, 5, 10, 20, 25, 50, 100].find((every) => every * step >= room) ?? 200;
}
