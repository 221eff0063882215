/** A meeting must be stored after the one above it. Where there is a cycle, the database refuses it. */
export function parentsFirst<
  T extends { slug: string; formerSlugs: string[]; parent?: string | null },
>(meetings: T[]): T[] {
  const bySlug = new Map(
    meetings.flatMap((m) => [m.slug, ...m.formerSlugs].map((slug) => [slug, m])),
  );
  const sorted = new Set<T>();
  for (const meeting of meetings) {
    const chain = new Set<T>();
    let above: T | undefined = meeting;
    while (above && !sorted.has(above) && !chain.has(above)) {
      chain.add(above);
      above = above.parent ? bySlug.get(above.parent) : undefined;
    }
    for (const one of [...chain].reverse()) sorted.add(one);
  }
  return [...sorted];
}
