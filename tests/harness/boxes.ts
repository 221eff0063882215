/** A mark of a picture, as the box that it fills. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Rounding to tenths may put a mark this far outside. */
export const ROUNDED = 0.11;

/** Whether marks are where they can be seen, which NaN is not. */
export function areWithin(
  marks: readonly Box[],
  { width, height }: { width: number; height: number },
) {
  return marks.every(
    (mark) =>
      mark.x >= -ROUNDED &&
      mark.y >= -ROUNDED &&
      mark.width >= 0 &&
      mark.height >= 0 &&
      mark.x + mark.width <= width + ROUNDED &&
      mark.y + mark.height <= height + ROUNDED,
  );
}

/** The box of a circle. */
export const around = ({ x, y, radius }: { x: number; y: number; radius: number }): Box => ({
  ...{ x: x - radius, y: y - radius },
  ...{ width: 2 * radius, height: 2 * radius },
});
