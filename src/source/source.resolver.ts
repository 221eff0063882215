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
import { ExternalIdentifier } from "./names-and-identifiers.js";
import { textOf } from "./passage.js";
import { SourceDocumentConnection } from "./source-document.connection.js";
import { SourceDocumentListArgs } from "./source-document.filter.js";
import { SourceDocument } from "./source-document.entity.js";

@Resolver(() => Statement)
export class StatementSourceCountResolver {
  @FieldResolver(() => Int, {
    description:
      "How many independent sources report it: a text and all copies of it (`syndicatedFrom`) count once. At least 1.",
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

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Part of its text, where the text is held and its `licence` is known to be open, else null: UTF-16 code units `start` to `end`, as " +
      "the offsets of citations count. A character belongs to the part in which it begins, so that parts in a row make the whole text.",
  })
  text(
    @FromRow(SourceDocument, "id") id: string,
    @FromRow(SourceDocument, "sha256") sha256: string | null,
    @Arg("start", () => Int, {
      defaultValue: 0,
      nullable: true,
      description: "Where it begins; null is 0. BAD_USER_INPUT below 0.",
    })
    start: number | null,
    @Arg("end", () => Int, {
      nullable: true,
      description:
        "Where it ends, at most 20,000 after `start`, else BAD_USER_INPUT. Default: 20,000 after `start`, or the end of the text if that is nearer.",
    })
    end: number | null | undefined,
    @Ctx() { loaders }: Context,
  ) {
    return textOf(id, sha256, { start: start ?? 0, end: end ?? null }, loaders.textWindow);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "How long its text is, in UTF-16 code units; null where `text` is.",
  })
  async textLength(
    @FromRow(SourceDocument, "id") documentId: string,
    @FromRow(SourceDocument, "sha256") sha256: string | null,
    @Ctx() { loaders }: Context,
  ) {
    if (sha256 === null) return null;
    const shown = await loaders.textWindow({ documentId, sha256, start: 0, end: 0 });
    return shown?.length ?? null;
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
