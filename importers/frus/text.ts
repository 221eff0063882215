import { collapse, type Element, isDropped, textOf, within } from "./tree.js";

/** A name inside of a block, in offsets of the whole text. */
export interface NameSpan {
  start: number;
  end: number;
  /** The id in the list of persons; null where the name has none. */
  person: string | null;
}

/** A line of the text: what stands in a block element between the starts and ends of such elements. */
export interface Block {
  text: string;
  /** Offsets in the whole text, in UTF-16 code units. */
  start: number;
  end: number;
  names: NameSpan[];
  /** The elements around it, from the document to the block element itself. */
  path: readonly Element[];
}

/** The plain text of a document, and its blocks in order; the notes at its end are no blocks. */
export interface PlainText {
  text: string;
  blocks: Block[];
}

/** Elements that start and end a line. */
const BLOCKS = new Set(
  "div head p item label list dateline opener closer signed salute quote q table row cell lg l postscript trailer byline docAuthor epigraph argument frus:attachment figure figDesc".split(
    " ",
  ),
);

/**
 * Derives the plain text of a document. Notes and page breaks are left out, XML white space is folded to single spaces, each start and
 * end of a block element ends a line, empty lines are dropped, and lines are joined by "\n". The notes follow, a line each: "[1] …".
 */
export function plainText(document: Element): PlainText {
  const lines = new Lines();
  read(document, [document], lines);
  lines.end([document]);
  const { blocks } = lines;
  const notes = [...within(document)].filter(({ name }) => name === "note");
  const noteTexts = notes.map((note, i) => `[${note.attributes.n ?? i + 1}] ${textOf(note)}`);
  return { text: [...blocks.map(({ text }) => text), ...noteTexts].join("\n"), blocks };
}

function read(element: Element, path: readonly Element[], lines: Lines): void {
  for (const child of element.children) {
    if (typeof child === "string") lines.add(child);
    else if (child.name === "lb") lines.add(" ");
    else if (!isDropped(child)) {
      const isBlock = BLOCKS.has(child.name);
      if (isBlock) lines.end(path);
      const inside = isBlock ? [...path, child] : path;
      const from = lines.here();
      read(child, inside, lines);
      if (child.name === "persName") lines.name(from, child.attributes.corresp);
      if (isBlock) lines.end(inside);
    }
  }
}

/** The lines so far, and the one that is being read. */
class Lines {
  readonly blocks: Block[] = [];
  private line = "";
  private names: NameSpan[] = [];
  /** Where the next line starts in the whole text. */
  private start = 0;

  /** Adds text to the line: no space at its start, and none after another one. */
  add(text: string): void {
    const folded = collapse(text);
    const isAfterSpace = this.line === "" || this.line.endsWith(" ");
    this.line += isAfterSpace ? folded.replace(/^ /, "") : folded;
  }

  here(): number {
    return this.line.length;
  }

  /** Adds a name from an offset in the line to where it ends. */
  name(from: number, corresp: string | undefined): void {
    const given = this.line.slice(from);
    const start = this.start + from + (given.length - given.trimStart().length);
    const end = this.start + from + given.trimEnd().length;
    const person = corresp?.startsWith("#") ? corresp.slice(1) : null;
    if (end > start) this.names.push({ start, end, person });
  }

  /** Ends the line; a blank one is none. */
  end(path: readonly Element[]): void {
    const text = this.line.trimEnd();
    if (text !== "") {
      const end = this.start + text.length;
      this.blocks.push({ text, start: this.start, end, names: this.names, path });
      this.start = end + 1;
    }
    this.line = "";
    this.names = [];
  }
}
