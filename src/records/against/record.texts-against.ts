import type { SourceText } from "../check/record.text.js";
import { NO_TEXTS, type Texts } from "../check/record.texts.js";
import type { RecordFault } from "../record.faults.js";
import { textsAt } from "../anchor/record.anchor.file.js";
import { assertReadable } from "../files/record.files.js";
import type { Against } from "./record.against.js";

/** Where texts come from. */
export interface TextSources {
  /** A file with the text, or a directory of texts. */
  text?: string;
  /** `embedded`, or the URL of a PostgreSQL that keeps texts. */
  against?: string;
}

/** Finds the texts that a database keeps. */
class KeptTexts implements Texts {
  constructor(private readonly against: Against) {}

  async textOf(document: string, sha256: string | null): Promise<SourceText | null> {
    const known = sha256 ?? (await this.against.sha256Of(document));
    return known === null ? null : this.against.keptText(known);
  }

  edition(_document: string, sha256: string): Promise<SourceText | null> {
    return this.against.keptText(sha256);
  }
}

/** Finds texts in one place, or else in another. */
class EitherTexts implements Texts {
  constructor(
    private readonly one: Texts,
    private readonly other: Texts,
  ) {}

  async textOf(document: string, sha256: string | null): Promise<SourceText | RecordFault | null> {
    return (await this.one.textOf(document, sha256)) ?? this.other.textOf(document, sha256);
  }

  async edition(document: string, sha256: string): Promise<SourceText | RecordFault | null> {
    return (await this.one.edition(document, sha256)) ?? this.other.edition(document, sha256);
  }
}

/** Does work with the texts at hand, and those that a database keeps. */
export async function withTexts<T>(
  { text, against }: TextSources,
  directory: () => string,
  say: (line: string) => void,
  work: (texts: Texts) => Promise<T>,
): Promise<T> {
  if (text !== undefined) await assertReadable([text]);
  const given = text === undefined ? NO_TEXTS : await textsAt(text);
  if (against === undefined) return work(given);
  // Importing the driver takes half a second.
  const { openToRead } = await import("../../db/open-to-read.js");
  const { Against } = await import("./record.against.js");
  const database = await openToRead(against, directory(), say);
  const runner = database.dataSource.createQueryRunner();
  try {
    return await work(new EitherTexts(given, new KeptTexts(new Against(runner))));
  } finally {
    await runner.release();
    await database.close();
  }
}
