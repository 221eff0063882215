import { px, widthOf } from "./svg.js";

const WIDTH = 940;
const DOT = 9;
const LANE = 18;
const AXIS = 26;
/** Above the dots is what they are. */
const HEAD = 24;
/** The least room for dots, and the most: past it they stand closer. */
const DOTS_LEAST = 80;
const DOTS_MOST = 420;

/** Something with its place in the picture. */
interface Placed<Item> {
  item: Item;
  x: number;
  y: number;
}

/** A meeting with its bar; `isLeft` where its title has room only before it. */
interface PlacedMeeting<Item> extends Placed<Item> {
  width: number;
  isLeft: boolean;
}

interface Dated {
  date: string | null;
}

interface Lasting {
  startDate: string | null;
  endDate: string | null;
  label: string;
}

/** Places a month: statements as dots above the axis, meetings as bars in lanes below it. Those without a day are left out. */
export function dayLayout<Said extends Dated, Met extends Lasting>(
  month: string,
  said: readonly Said[],
  met: readonly Met[],
) {
  const [year = 2000, number = 1] = month.split("-").map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const step = WIDTH / days;
  const { dots, room } = placeDots(month, said, step);
  const base = HEAD + room;
  const { bars, lanes } = placeBars(month, days, met, step, base + AXIS + 8);
  return {
    width: WIDTH,
    height: base + AXIS + 8 + Math.max(1, lanes) * LANE,
    base: px(base),
    step,
    days: Array.from({ length: days }, (_, i) => ({ day: i + 1, x: px(i * step) })),
    statements: dots.map(({ item, x, y }) => ({ item, x: px(x), y: px(base - y) })),
    meetings: bars,
  };
}

/** The day of a date in this month; 0 if it has none. */
function dayOf(month: string, date: string | null): number {
  return date?.startsWith(`${month}-`) ? Number(date.slice(8, 10)) : 0;
}

/** Dots stacked by day, as many beside each other as a day is wide. */
function placeDots<Said extends Dated>(month: string, said: readonly Said[], step: number) {
  const across = Math.max(1, Math.floor((step - 2) / DOT));
  const stacks = new Map<number, number>();
  const placed = said.flatMap((item) => {
    const day = dayOf(month, item.date);
    if (day === 0) return [];
    const count = stacks.get(day) ?? 0;
    stacks.set(day, count + 1);
    const x = (day - 1) * step + step / 2 + ((count % across) - (across - 1) / 2) * DOT;
    return [{ item, x, row: Math.floor(count / across) }];
  });
  const rows = Math.ceil(Math.max(0, ...stacks.values()) / across);
  const room = Math.min(DOTS_MOST, Math.max(DOTS_LEAST, rows * DOT + 8));
  const each = rows === 0 ? DOT : Math.min(DOT, (room - 8) / rows);
  const dots = placed.map(({ item, x, row }) => ({ item, x, y: 7 + row * each }));
  return { dots, room };
}

/** Bars with their titles, in the first lane where neither touches another. */
function placeBars<Met extends Lasting>(
  month: string,
  days: number,
  met: readonly Met[],
  step: number,
  top: number,
) {
  const lanes: { from: number; to: number }[][] = [];
  const bars = met.flatMap((item): PlacedMeeting<Met>[] => {
    const span = spanOf(month, days, item);
    if (!span) return [];
    const x = (span.from - 1) * step + 3;
    const width = (span.to - span.from + 1) * step - 6;
    const text = widthOf(item.label, 12) + 10;
    const isLeft = x + width + text > WIDTH && x - text > 0;
    const taken = isLeft ? { from: x - text, to: x + width } : { from: x, to: x + width + text };
    const free = lanes.findIndex((lane) =>
      lane.every(({ from, to }) => taken.to < from || taken.from > to),
    );
    const index = free < 0 ? lanes.length : free;
    (lanes[index] ??= []).push(taken);
    return [{ item, x: px(x), y: px(top + index * LANE), width: px(width), isLeft }];
  });
  return { bars, lanes: lanes.length };
}

/** The days of the month that a meeting lasts; null if none is known. */
function spanOf(month: string, days: number, { startDate, endDate }: Lasting) {
  const start = startDate ?? endDate;
  const end = endDate ?? startDate;
  if (start === null || end === null || start.length < 10 || end.length < 10) return null;
  const from = start < `${month}-01` ? 1 : dayOf(month, start);
  const to = end > `${month}-31` ? days : dayOf(month, end);
  return from === 0 || to < from ? null : { from, to };
}
