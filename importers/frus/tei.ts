import { createReadStream } from "node:fs";
import { parser as saxParser, type QualifiedTag, type SAXParser, type Tag } from "sax";
import { type Element, textOf } from "./tree.js";

/** Someone in the list of persons at the front of a volume. */
export interface ListedPerson {
  /** As the list sorts it: `Kissinger, Henry A.` */
  name: string;
  /** What follows the name: the offices, often with years. */
  about: string;
}

/** A document of a volume. */
export interface VolumeDocument {
  /** `xml:id` of the volume, such as `frus1969-76v28`. */
  volume: string;
  /** `xml:id` of the document, such as `d13`. */
  id: string;
  element: Element;
  /** The persons of the volume by `xml:id`, complete before the first document. */
  persons: ReadonlyMap<string, ListedPerson>;
}

/** Bounds of what is held at once: a document or a list of persons. The longest known has 300,000 characters. */
const MAX_CHARACTERS = 20_000_000;
const MAX_DEPTH = 200;

/** Reads the documents of a TEI volume as a stream: one document at a time is held. Throws with the line where it is no XML. */
export async function* documentsOf(
  path: string,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<VolumeDocument> {
  const volume = new Volume(path);
  for await (const chunk of createReadStream(path, "utf8") as AsyncIterable<string>) {
    onBytes(Buffer.byteLength(chunk));
    volume.parser.write(chunk);
    yield* volume.take();
  }
  volume.parser.close();
  yield* volume.take();
  if (volume.id === null) throw new Error(`${path}: no TEI document`);
}

/** What has been read of a volume: builds elements only inside of documents and of the list of persons. */
class Volume {
  readonly parser: SAXParser = saxParser(true);
  id: string | null = null;
  private readonly persons = new Map<string, ListedPerson>();
  private readonly open: Element[] = [];
  private depth = 0;
  private characters = 0;
  private done: VolumeDocument[] = [];

  constructor(private readonly path: string) {
    this.parser.onopentag = (tag) => this.start(tag);
    this.parser.onclosetag = () => this.end();
    this.parser.ontext = (text) => this.text(text);
    this.parser.oncdata = (text) => this.text(text);
    this.parser.onerror = (error) => this.fail(error.message.split("\n")[0]!);
  }

  /** Returns the documents completed since the last call. */
  take(): VolumeDocument[] {
    const done = this.done;
    this.done = [];
    return done;
  }

  private start({ name, attributes }: Tag | QualifiedTag): void {
    if (++this.depth > MAX_DEPTH) this.fail(`elements nested more than ${MAX_DEPTH} deep`);
    const given = attributes as Record<string, string>;
    const element = { name, attributes: given, children: [] };
    if (this.depth === 1 && name === "TEI") this.id = given["xml:id"] ?? "";
    if (this.open.length > 0) this.open.at(-1)!.children.push(element);
    else if (!isKept(element)) return;
    else this.characters = 0;
    this.open.push(element);
  }

  private end(): void {
    this.depth--;
    const element = this.open.pop();
    if (!element || this.open.length > 0) return;
    if (element.attributes.type !== "document") this.addPersons(element);
    else if (!this.id) this.fail("the volume has no xml:id");
    else {
      const id = element.attributes["xml:id"];
      if (id) this.done.push({ volume: this.id, id, element, persons: this.persons });
    }
  }

  private text(text: string): void {
    if (this.open.length === 0) return;
    this.characters += text.length;
    if (this.characters > MAX_CHARACTERS)
      this.fail(`a document of more than ${MAX_CHARACTERS} characters`);
    this.open.at(-1)!.children.push(text);
  }

  private addPersons(element: Element): void {
    for (const child of element.children) {
      if (typeof child === "string") continue;
      const name = child.name === "item" ? nameIn(child) : null;
      if (name === null) this.addPersons(child);
      else {
        const given = textOf(name);
        const about = textOf(child)
          .slice(given.length, given.length + 2_000)
          .replace(/^[\s,;]+/, "");
        this.persons.set(name.attributes["xml:id"]!, { name: given.replace(/,$/, ""), about });
      }
    }
  }

  private fail(reason: string): never {
    throw new Error(`${this.path}:${this.parser.line + 1}: ${reason}`);
  }
}

function isKept({ name, attributes }: Element): boolean {
  if (name !== "div") return false;
  return attributes.type === "document" || /^persons\b/.test(attributes["xml:id"] ?? "");
}

/** Returns the element with the name of a listed person: it has the id that `corresp` refers to. */
function nameIn(item: Element): Element | null {
  for (const child of item.children) {
    if (typeof child === "string") continue;
    if (child.name === "persName" && child.attributes["xml:id"]) return child;
    const inside = child.name === "item" ? null : nameIn(child);
    if (inside) return inside;
  }
  return null;
}
