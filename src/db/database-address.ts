/** Host, port and name of the database in a URL, without credentials. */
export function databaseAddress(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${(hostname || searchParams.get("host"))?.toLowerCase()}:${port || 5432}${pathname}`;
}
