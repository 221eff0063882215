import { raw, SQL, type SqlText } from "../db/sql-text.js";
import type { Where } from "../query/where.js";
import type { RecordKind } from "./search.enums.js";
import { alternativesIn } from "./web-search.js";
import {
  DESCRIBED,
  firstWords,
  hasWords,
  isSpeltAlike,
  similarityTo,
  wholeName,
} from "./search.words.js";

/** Mark the start and end of a matching word. In the text that is searched, spaces replace these characters. */
export const MARK_START = "\u0001";
export const MARK_END = "\u0002";

const STARTS = "E'\\x01'";
const OPTIONS = `E'HighlightAll=true, StartSel="\\x01", StopSel="\\x02"'`;

/** Punctuation that ends a sentence or clause in scripts without spaces. */
const STOPS = ["。", "，", "、", "；", "：", "！", "？", "\u3000"];

/** In characters: how much is read before and after the first match, and the longest chunk in which matches are marked. */
const BEFORE = 80;
const AFTER = 240;
const LONGEST_CHUNK = 500;

/** The number of chunks after a match in which further matches are counted: the passage with the most is shown. */
const NEAR = 24;

/** Columns that show by which words a result was found; each is a subselect on the result's row `found`. */
export class FoundWords {
  /** The query's words without the excluded ones, which only results of another alternative can have. */
  private readonly words: SqlText;
  private readonly name: SqlText;

  constructor(
    where: Where,
    private readonly query: string,
    private readonly kinds: readonly RecordKind[],
  ) {
    const wanted = alternativesIn(firstWords(query)).map((one) => one.wanted);
    this.words = where.boundWords(wanted.filter(Boolean).join(" or "));
    this.name = wholeName(query);
  }

  /** The name that matches, if it is not the one that the item shows. */
  matchedName(): SqlText {
    return SQL`(SELECT CASE WHEN matched.position > 1 THEN ${this.spelling()} END FROM ${this.matched()})`;
  }

  /** The passage with the words, as {@link Passage}: of a statement's text or audience, of the name that has them, or of a participant's description. */
  passage(): SqlText {
    const said = SQL`(SELECT passage FROM statement s
      CROSS JOIN LATERAL unnest(ARRAY[s.text, s.audience]) WITH ORDINALITY AS given (text, nth)
      CROSS JOIN LATERAL (${this.marked(raw("given.text"), raw("text_config(s.language)"))}) AS cut (passage, is_marked)
      WHERE s.id = found.item_id::uuid AND given.text IS NOT NULL ORDER BY NOT is_marked, nth LIMIT 1)`;
    const named = SQL`(SELECT passage FROM ${this.matched()}
      CROSS JOIN LATERAL (${this.marked(this.spelling(), this.language())}) AS cut (passage, is_marked)
      WHERE matched.manner < 2)`;
    const described = SQL`(SELECT passage FROM participation
      CROSS JOIN LATERAL (${this.marked(raw("description"), raw("'english'::regconfig"))}) AS cut (passage, is_marked)
      WHERE meeting_id = found.item_id::uuid AND description IS NOT NULL AND ${hasWords(this.words, DESCRIBED)}
      ORDER BY position, id LIMIT 1)`;
    return SQL`CASE found.kind WHEN 'STATEMENT' THEN ${said} WHEN 'MEETING' THEN coalesce(${named}, ${described}) ELSE ${named} END`;
  }

  /**
   * The name by which the item was found: its whole name, else one with the words, else one with a similar spelling. Among several,
   * the one that the item shows.
   */
  private matched(): SqlText {
    return SQL`(SELECT position, folded, CASE WHEN folded = ${this.name} THEN 0 WHEN ${hasWords(this.words)} THEN 1
        WHEN ${isSpeltAlike(this.query, this.name)} THEN 2 ELSE 3 END AS manner
      FROM record_name WHERE kind = found.kind AND item_id = found.item_id COLLATE "default"
      ORDER BY manner, position > 1, ${similarityTo(this.name)} DESC, position LIMIT 1) AS matched`;
  }

  /** That name in its original spelling: names that differ only in accents or case are the same. */
  private spelling(): SqlText {
    const names = this.kinds.flatMap((kind) => NAMES_OF[kind] ?? []).join(" ");
    if (names === "") return raw("NULL::text");
    return SQL`(SELECT spelt FROM unnest(CASE found.kind ${raw(names)} END) WITH ORDINALITY AS each (spelt, nth)
      WHERE matched.position = 1 OR folded(spelt) = matched.folded ORDER BY nth LIMIT 1)`;
  }

  /** The language in which the trigger names_follow reads the words of a name. */
  private language(): SqlText {
    return raw(`CASE WHEN found.kind IN ('PERSON', 'COUNTRY', 'PLACE') THEN 'simple'::regconfig
      WHEN found.kind = 'SOURCE_DOCUMENT' THEN
        (SELECT text_config(language) FROM source_document WHERE id = found.item_id::uuid)
      ELSE 'english' END`);
  }

  /**
   * The passage of a text with most of the words. The text is compared as it is indexed, `folded`, which changes the offsets of
   * characters. So it is divided into chunks, a line each, whose number stays the same: at spaces, and after punctuation that ends
   * sentences. ts_headline marks the words; what looks like a tag is removed first, since ts_headline would replace it.
   */
  private marked(text: SqlText, config: SqlText): SqlText {
    const lines = STOPS.reduce(
      (given, stop) => SQL`replace(${given}, ${raw(`'${stop}', E'${stop}\\n'`)})`,
      SQL`replace(translate(${text}, E'\\n', ' '), ' ', E' \\n')`,
    );
    const inWords = (config: SqlText) =>
      SQL`ts_headline(${config}, folded.text, ${this.words}, ${raw(OPTIONS)})`;
    return SQL`
      WITH given AS MATERIALIZED (SELECT ${text} AS text),
        lines AS MATERIALIZED (SELECT ${lines} AS text),
        folded AS MATERIALIZED (SELECT translate(folded(text), E'<>\\x01\\x02', '    ') AS text FROM lines),
        stemmed AS MATERIALIZED (SELECT ${inWords(config)} AS text FROM folded),
        marked AS MATERIALIZED (SELECT CASE WHEN strpos(stemmed.text, ${raw(STARTS)}) > 0 THEN stemmed.text
          ELSE ${inWords(raw("'simple'"))} END AS text FROM folded, stemmed),
        chunk AS MATERIALIZED (SELECT nth, marked, length, sum(length) OVER (ORDER BY nth) - length AS start,
            marked IS NOT NULL AS is_marked,
            count(marked) OVER (ORDER BY nth ROWS BETWEEN CURRENT ROW AND ${raw(`${NEAR}`)} FOLLOWING) AS near
          FROM ROWS FROM (string_to_table((SELECT text FROM lines), E'\\n'), string_to_table((SELECT text FROM marked), E'\\n'))
            WITH ORDINALITY AS line (line, folded_line, nth)
            CROSS JOIN LATERAL (SELECT char_length(line), CASE WHEN strpos(folded_line, ${raw(STARTS)}) > 0
              AND char_length(line) <= ${raw(`${LONGEST_CHUNK}`)} THEN folded_line END) AS each (length, marked)),
        first AS MATERIALIZED (SELECT start, is_marked FROM chunk ORDER BY is_marked DESC, near DESC, nth LIMIT 1),
        shown AS (SELECT chunk.* FROM chunk, first
          WHERE chunk.start BETWEEN first.start - ${raw(`${BEFORE}`)} AND first.start + ${raw(`${AFTER}`)})
      SELECT json_build_object('isBegun', min(start) = 0, 'isEnded', max(nth) = (SELECT max(nth) FROM chunk),
          'text', substr((SELECT text FROM given), min(start)::int + 1,
            least(max(start + length) - min(start), ${raw(`${BEFORE + AFTER + LONGEST_CHUNK}`)})::int),
          'chunks', json_agg(json_build_array(length, marked) ORDER BY nth)),
        (SELECT is_marked FROM first)
      FROM shown`;
  }
}

/** The names of an item by its kind, the shown one first: a branch of a CASE. */
const NAMES_OF: Partial<Record<RecordKind, string>> = {
  PERSON: branch("PERSON", "name || other_names", "person"),
  PLACE: branch("PLACE", "name || other_names", "place"),
  ORGANIZATION: branch("ORGANIZATION", "name || other_names", "organization"),
  COUNTRY:
    "WHEN 'COUNTRY' THEN (SELECT name || names FROM country WHERE code = found.item_id COLLATE \"default\")",
  MEETING: branch("MEETING", "ARRAY[title]", "meeting"),
  AGREEMENT: branch("AGREEMENT", "ARRAY[title]", "agreement"),
  SOURCE_DOCUMENT: branch("SOURCE_DOCUMENT", "ARRAY[title]", "source_document"),
  TOPIC: branch("TOPIC", "ARRAY[label]", "statement_topic"),
};

function branch(kind: string, names: string, table: string): string {
  return `WHEN '${kind}' THEN (SELECT ${names} FROM ${table} WHERE id = found.item_id::uuid)`;
}
