import { Ctx, FieldResolver, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { AllFromRow, FromRow, JoinedRow } from "../graphql/row-fields.js";
import { Citation } from "./citation.entity.js";
import { type Cited, exactOf, PASSAGE, passageUrlOf, prefixOf, suffixOf } from "./passage.js";
import { SourceDocument } from "./source-document.entity.js";

const WHERE_SHOWN = "Only where the text is held, and the document's `licence` is known to be open";

@Resolver(() => Citation)
export class CitationResolver {
  @JoinedRow(Citation, "documentId", SourceDocument, { description: "The document that says it." })
  document: SourceDocument;

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The words of the passage, or of the dataset's row, as its record gives them, else from the text (W3C TextQuoteSelector). " +
      `${WHERE_SHOWN}; null for more than 20,000 UTF-16 code units, of which \`SourceDocument.text\` shows parts.`,
  })
  exact(
    @FromRow(Citation, "exact") exact: string | null,
    @AllFromRow(Citation, PASSAGE) cited: Cited,
    @Ctx() { loaders }: Context,
  ) {
    return exact ?? exactOf(cited, loaders.textWindow);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The words before the passage, up to 200 UTF-16 code units, none of them cut (W3C TextQuoteSelector). " +
      `${WHERE_SHOWN}.`,
  })
  prefix(@AllFromRow(Citation, PASSAGE) cited: Cited, @Ctx() { loaders }: Context) {
    return prefixOf(cited, loaders.textWindow);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The words after the passage, up to 200 UTF-16 code units, none of them cut (W3C TextQuoteSelector). " +
      `${WHERE_SHOWN}.`,
  })
  suffix(@AllFromRow(Citation, PASSAGE) cited: Cited, @Ctx() { loaders }: Context) {
    return suffixOf(cited, loaders.textWindow);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Where the passage can be read: the document's `url` with a text fragment (WICG Scroll to Text Fragment), at which browsers scroll " +
      "to it. Without one where `exact` would not be shown, and for a dataset's row; null where the document has no `url`.",
  })
  passageUrl(@AllFromRow(Citation, PASSAGE) cited: Cited, @Ctx() { loaders }: Context) {
    const url = loaders.urlOfDocument(cited.documentId);
    return passageUrlOf(cited, url, loaders.textWindow);
  }
}
