/** Text that is HTML already. Only the `html` tag makes it. */
export class Html {
  constructor(readonly text: string) {}
}

/** What can stand in a template: null, undefined and false are nothing. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/** A template of HTML. Values are escaped unless they are HTML; attributes must be in double quotes. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(strings.reduce((before, after, i) => before + textOf(values[i - 1]) + after));
}

/** Joins contents by text: `joined(names, ", ")`. */
export function joined(contents: readonly Content[], separator: string): Content[] {
  return contents.flatMap((content, i) => (i === 0 ? [content] : [separator, content]));
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function textOf(content: Content): string {
  if (content === null || content === undefined || content === false) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(textOf).join("");
  return String(content).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
