import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { FromRow, JoinedRow } from "../graphql/row-fields.js";
import { Organization } from "../organization/organization.entity.js";
import { idOf } from "../records/record.ids.js";
import { Statement } from "../statement/statement.entity.js";
import { Citation } from "./citation.entity.js";
import { ExternalIdentifier } from "./names-and-identifiers.js";
import { SourceDocumentConnection } from "./source-document.connection.js";
import { SourceDocumentListArgs } from "./source-document.filter.js";
import { SourceDocument } from "./source-document.entity.js";

@Resolver(() => Statement)
export class StatementSourceCountResolver {
  @FieldResolver(() => Int, {
    description:
      "How many independent sources tell it: a text and all copies of it (`syndicatedFrom`) count once. At least 1.",
  })
  sourceCount(@FromRow(Statement, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.sourceCountOfStatement.load(id);
  }
}

@Resolver(() => SourceDocument)
export class SourceDocumentResolver {
  @Query(() => SourceDocument, {
    nullable: true,
    description: "A source document by id; null when unknown.",
  })
  sourceDocument(
    @Arg("id", () => ID, { description: "Its id." }) id: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("SourceDocument", "id", id, selected);
  }

  @Query(() => SourceDocument, {
    nullable: true,
    description: "A source document by key; null when unknown.",
  })
  sourceDocumentByKey(
    @Arg("key", () => String, { description: "Its `key`, to the letter." }) key: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("SourceDocument", "id", idOf("document", key), selected);
  }

  @Query(() => SourceDocumentConnection, {
    nullable: true,
    description:
      "Every document that facts are cited from, retracted ones aside; newest first, undated last.",
  })
  sourceDocuments(
    @Args(() => SourceDocumentListArgs) args: SourceDocumentListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.sourceDocuments(args, page);
  }

  @JoinedRow(SourceDocument, "issuerId", Organization, {
    nullable: true,
    description: "The organization that issued it, for a readout or a joint statement.",
  })
  issuer: Organization | null;

  @JoinedRow(SourceDocument, "syndicatedFromId", SourceDocument, {
    nullable: true,
    description: "The text that this one is a copy of; both count as one source.",
  })
  syndicatedFrom: SourceDocument | null;
}

@Resolver(() => Citation)
export class CitationResolver {
  @JoinedRow(Citation, "documentId", SourceDocument, { description: "The document that says it." })
  document: SourceDocument;
}

@Resolver(() => ExternalIdentifier)
export class ExternalIdentifierResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "A page about it, for schemes that have one.",
  })
  url(@Root() { scheme, value }: ExternalIdentifier) {
    return scheme === "wikidata"
      ? `https://www.wikidata.org/wiki/${encodeURIComponent(value)}`
      : null;
  }
}
