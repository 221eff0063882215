import { html, type Content, type Html } from "../html.js";

/** The longest label that is written into a picture, in characters. */
const MAX_LABEL = 32;

/** A length in a picture, to a tenth of its unit: all that a screen can show. */
export function px(length: number): number {
  return Math.round(length * 10) / 10;
}

/** A text cut to what a picture has room for. */
export function clipped(text: string, longest = MAX_LABEL): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

/** How wide characters are, for a size of 1, in the widest of the fonts that may be used; others are as wide as they are high. */
const WIDTHS: readonly (readonly [of: RegExp, width: number])[] = [
  [/[ijl.,:;'|’ ]/, 0.34],
  [/[frtI\-()[\]·]/, 0.45],
  [/[MWmw@%…—]/, 1],
  [/[A-Z\u00c0-\u00de\u0400-\u042f]/, 0.78],
  [/[\u0020-\u10ff]/, 0.63],
];

/** About how wide a text is in a picture: no font is known here. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    width += WIDTHS.find(([of]) => of.test(character))?.[1] ?? 1;
  }
  return width * size;
}

/** A text cut so that it is at most about so wide. */
export function fitted(text: string, size: number, most: number): string {
  if (widthOf(text, size) <= most) return text;
  const characters = [...text];
  const whole = (length: number) => `${characters.slice(0, length).join("").trimEnd()}…`;
  let length = characters.length - 1;
  while (length > 0 && widthOf(whole(length), size) > most) length--;
  return whole(length);
}

/** A mark of a picture that is a link: its title is shown when it is pointed at, and is its name when it is read aloud. */
export function mark(href: string, says: string, content: Content): Html {
  return html`<a href="${href}"><title>${says}</title>${content}</a>`;
}

export interface Drawing {
  width: number;
  height: number;
  /** What it shows, in a few words. */
  title: string;
  /** How to read it, for who hears it. */
  description: string;
  content: Content;
}

/** The picture itself. Its links are named each, so it is a group of them rather than one image. */
export function svg({ width, height, title, description, content }: Drawing): Html {
  const role = html`role="group" aria-labelledby="picture-title picture-description"`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height)}" ${role}>
<title id="picture-title">${title}</title>
<desc id="picture-description">${description}</desc>
${content}
</svg>`;
}

interface Table {
  caption: string;
  columns: readonly string[];
  /** Of each row what it is about, then the values of the other columns. */
  rows: readonly (readonly Content[])[];
}

export interface Figure {
  drawing: Drawing;
  /** Where it begins if it scrolls, if not at its left: at the end of what goes from early to late, or at its middle. */
  begins?: "timed" | "centred";
  /** Below the picture: what it means, and where it is from. */
  caption?: Content;
  legend?: Content;
  table: Table;
}

/** Up to this width a picture can be read on a phone as a whole; a wider one scrolls within its box. */
const PHONE = 360;

/** A picture with its legend and the same as a table. */
export function figureOf({ drawing, begins, caption, legend, table }: Figure): Html {
  const isWide = drawing.width > PHONE;
  const box = isWide
    ? html`<div class="scroll wide${begins && ` ${begins}`}" tabindex="0" role="region" aria-label="${drawing.title}">${svg(drawing)}</div>
<p class="sideways" aria-hidden="true">← Scroll the picture sideways →</p>`
    : html`<div class="whole">${svg(drawing)}</div>`;
  return figure({ box, caption, legend, table });
}

/** A picture in a box of its own, with its legend and the same as a table. */
export function figure({
  box,
  caption,
  legend,
  table,
}: Omit<Figure, "drawing" | "begins"> & { box: Html }) {
  return html`<a class="hop" href="#as-table">Skip the picture</a>
<figure class="picture">${box}
${legend}${caption && html`<figcaption class="soft">${caption}</figcaption>`}</figure>
<details class="as-table"><summary id="as-table">The same as a table</summary>
${tableOf(table)}
</details>`;
}

function tableOf({ caption, columns, rows }: Table): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...others]) =>
      html`<tr><th scope="row">${first}</th>${others.map((value) => html`<td>${value}</td>`)}</tr>
`,
  )}</tbody>
</table></div>`;
}
