/** Where the database of a URL is, without who may use it. */
export function placeOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${(hostname || searchParams.get("host"))?.toLowerCase()}:${port || 5432}${pathname}`;
}
