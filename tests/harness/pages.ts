import type { TestService } from "./service.js";

/** What a reader reads: the text of some HTML. */
export function textOf(html: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name]!)
    .replace(/\s+/g, " ")
    .trim();
}

/** The addresses that a page links to, in order. */
export function linksIn(html: string): string[] {
  return [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, address]) =>
    address!.replaceAll("&amp;", "&").replaceAll("&#39;", "'"),
  );
}

/** Gets a page. */
export function get({ service }: Pick<TestService, "service">, address: string) {
  return service.app.inject(address);
}

/** The text of a page that is there. */
export async function read(test: Pick<TestService, "service">, address: string): Promise<string> {
  const { statusCode, body } = await get(test, address);
  expect([address, statusCode]).toEqual([address, 200]);
  return textOf(body);
}
