/** Of which documents it was read what they claim of an item and its entries. */
export class ClaimsRead {
  /** The sets of documents, by the id of the item. */
  private readonly documents = new Map<string, ReadonlySet<string>[]>();

  /** Returns whether the claims of this document were read. */
  has(itemId: string, documentId: string): boolean {
    return this.documents.get(itemId)?.some((read) => read.has(documentId)) ?? false;
  }

  /** Notes that the claims of these documents were read. */
  add(itemIds: Iterable<string>, documents: ReadonlySet<string>): void {
    for (const id of itemIds)
      this.documents.set(id, [...(this.documents.get(id) ?? []), documents]);
  }
}
