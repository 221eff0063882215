/** The minimum distance of two points of an outline, in units of the picture: closer ones can't be distinguished. */
const NEAR = 1.1;

/** What d3-geo draws on: it keeps a path for an SVG, with as few characters as will do. */
export class Outline {
  private text = "";
  private x = 0;
  private y = 0;
  private ring: [number, number][] = [];

  /** Each ring begins itself. */
  beginPath(): void {}

  moveTo(x: number, y: number): void {
    this.ring = [[x, y]];
  }

  lineTo(x: number, y: number): void {
    const [lastX, lastY] = this.ring.at(-1)!;
    if (Math.hypot(x - lastX, y - lastY) >= NEAR) this.ring.push([x, y]);
  }

  /** Adds the ring, unless it is too small to be seen. */
  closePath(): void {
    if (this.ring.length < 3) return;
    this.ring.forEach(([x, y], i) => this.step(i === 0 ? "M" : "l", x, y));
    this.text += "z";
    // A closed path goes on from its start.
    [this.x, this.y] = this.ring[0]!.map((at) => Math.round(at * 10)) as [number, number];
  }

  /** For points, of which an outline has none. */
  arc(): void {}

  toString(): string {
    return this.text;
  }

  /** Goes to a point, from the one before by whole tenths so that nothing adds up. */
  private step(how: "M" | "l", x: number, y: number): void {
    const [toX, toY] = [Math.round(x * 10), Math.round(y * 10)];
    const [byX, byY] = how === "M" ? [toX, toY] : [toX - this.x, toY - this.y];
    this.text += `${how}${tenths(byX)}${byY < 0 ? "" : " "}${tenths(byY)}`;
    [this.x, this.y] = [toX, toY];
  }
}

/** `-.5`, `12`: without a zero before the point. */
function tenths(count: number): string {
  return String(count / 10).replace(/^(-?)0\./, "$1.");
}
