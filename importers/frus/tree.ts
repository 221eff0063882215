/** An element of an XML document, with its text and elements in order. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: (Element | string)[];
}

/** Yields an element and all elements inside it, in document order. */
export function* within(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) if (typeof child !== "string") yield* within(child);
}

/** Returns the elements of a name inside an element, in document order. */
export function all(element: Element, name: string): Element[] {
  return [...within(element)].filter((one) => one.name === name);
}

/** Returns the text of an element on one line, without notes and page breaks. */
export function textOf(element: Element): string {
  return collapse(rawText(element)).trim();
}

function rawText({ children }: Element): string {
  return children
    .map((child) => {
      if (typeof child === "string") return child;
      if (child.name === "lb") return " ";
      return isDropped(child) ? "" : rawText(child);
    })
    .join("");
}

/** Returns whether the words of an element are not those of the text around it: a footnote, a page break. */
export function isDropped({ name }: Element): boolean {
  return name === "note" || name === "pb";
}

/** Folds each run of XML white space into one space. */
export function collapse(text: string): string {
  return text.replace(/[ \t\r\n]+/g, " ");
}
