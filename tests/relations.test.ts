import type { SourceRecordInput } from "../src/records/record.format.js";
import { idOf } from "../src/records/record.ids.js";
import { DocumentKind, RecordStanding } from "../src/source/source.enums.js";
import { StatementForm, StatementRelationKind } from "../src/statement/statement.enums.js";
import { serviceWith, type TestService } from "./harness/service.js";

type Document = Exclude<SourceRecordInput["document"], string>;
type Statement = NonNullable<SourceRecordInput["statements"]>[number];
type Relation = NonNullable<Statement["relations"]>[number];

const { REPEATS, RESPONDS_TO, CONTRADICTS, CORRECTS, CORRECTED_BY, TRANSLATES } =
  StatementRelationKind;

/** A document, and what the gulls say in it. */
function tale(
  key: string,
  { statements, ...document }: Partial<Document> & { statements?: Statement[] } = {},
): SourceRecordInput {
  return {
    format: "communique-record/1",
    document: { key, kind: DocumentKind.NEWS, language: "en", ...document },
    statements,
  };
}

function said(key: string, changes: Partial<Statement> = {}): Statement {
  return {
    key,
    text: `The gulls shriek of ${key}.`,
    form: StatementForm.REPORTED,
    language: "en",
    speakers: [{ description: "a gull" }],
    citations: [{ start: 0, end: 1 }],
    ...changes,
  };
}

function saidOf(key: string, ...relations: Relation[]): Statement {
  return said(key, { relations });
}

interface ShownRelation {
  kind: string;
  statement: { id: string };
  citations: { start: number }[];
}

const idOfStatement = (key: string) => idOf("statement", key);

describe("Relations between statements", () => {
  let test: TestService;
  afterEach(() => test.close());

  async function relationsOf(key: string): Promise<ShownRelation[]> {
    const { data } = await test.ask(
      `query ($id: ID!) { statement(id: $id) {
         relations { kind statement { id } citations { start document { dateline } } } } }`,
      { id: idOfStatement(key) },
    );
    return data.statement.relations;
  }

  it("Corrections and contradictions are shown on both statements, with the same citations", async () => {
    const citations = [{ start: 3, end: 5 }];
    test = await serviceWith(
      tale("old", { statements: [said("fog")] }),
      tale("new", {
        dateline: "ICEBURG",
        statements: [saidOf("fog", { kind: CORRECTS, statement: "old/fog", citations })],
      }),
      tale("rival", {
        statements: [saidOf("sun", { kind: CONTRADICTS, statement: "old/fog" })],
      }),
    );
    const proof = [{ start: 3, document: { dateline: "ICEBURG" } }];
    const other = (key: string) => ({ statement: { id: idOfStatement(key) } });
    expect(await relationsOf("new/fog")).toEqual([
      { kind: CORRECTS, ...other("old/fog"), citations: proof },
    ]);
    expect(await relationsOf("rival/sun")).toEqual([
      { kind: CONTRADICTS, ...other("old/fog"), citations: [] },
    ]);
    expect(await relationsOf("old/fog")).toEqual([
      { kind: CONTRADICTS, ...other("rival/sun"), citations: [] },
      { kind: CORRECTED_BY, ...other("new/fog"), citations: proof },
    ]);
  });

  it("Other relations are shown only on the statement that holds them", async () => {
    const kinds = [REPEATS, RESPONDS_TO, TRANSLATES] as const;
    const held = kinds.map((kind) => ({ kind, statement: "first" }));
    test = await serviceWith(
      tale("gulls", { statements: [said("first"), saidOf("next", ...held)] }),
    );
    expect((await relationsOf("gulls/next")).map(({ kind }) => kind)).toEqual(kinds);
    expect(await relationsOf("gulls/first")).toEqual([]);
  });

  it("Relations are ordered by kind, then by the ID of the other statement", async () => {
    const others = ["a", "b", "c", "d", "e", "f"];
    const kinds = [TRANSLATES, CORRECTS, CONTRADICTS, RESPONDS_TO, REPEATS] as const;
    const held = kinds.flatMap((kind) => others.map((statement) => ({ kind, statement })));
    const fromThere = [
      { kind: CORRECTS, statement: "one" },
      { kind: CONTRADICTS, statement: "one" },
    ] as const;
    test = await serviceWith(
      tale("gulls", {
        statements: [
          saidOf("one", ...held),
          ...others.map((key) => said(key)),
          ...["g", "h", "i"].map((key) => saidOf(key, ...fromThere)),
        ],
      }),
    );
    const found = await relationsOf("gulls/one");
    const ids = (keys: string[]) => keys.map((key) => idOfStatement(`gulls/${key}`)).sort();
    const of = (kind: string, keys: string[]) => ids(keys).map((id) => ({ kind, id }));
    expect(found.map(({ kind, statement }) => ({ kind, id: statement.id }))).toEqual([
      ...of(REPEATS, others),
      ...of(RESPONDS_TO, others),
      ...of(CONTRADICTS, [...others, "g", "h", "i"]),
      ...of(CORRECTS, others),
      ...of(CORRECTED_BY, ["g", "h", "i"]),
      ...of(TRANSLATES, others),
    ]);
  });

  it("A contradiction held by both statements is shown twice on each, its own first", async () => {
    const against = (statement: string, start: number): Relation => ({
      kind: CONTRADICTS,
      statement,
      citations: [{ start, end: 9 }],
    });
    test = await serviceWith(
      tale("gulls", {
        statements: [saidOf("fog", against("sun", 1)), saidOf("sun", against("fog", 2))],
      }),
    );
    const starts = async (key: string) =>
      (await relationsOf(key)).map(({ citations }) => citations[0]!.start);
    expect(await starts("gulls/fog")).toEqual([1, 2]);
    expect(await starts("gulls/sun")).toEqual([2, 1]);
  });

  it("A relation to a retracted statement is shown", async () => {
    const retracted = { standing: RecordStanding.RETRACTED, standingNote: "There was no fog." };
    test = await serviceWith(
      tale("gulls", {
        statements: [
          said("fog", retracted),
          saidOf("no-fog", { kind: CONTRADICTS, statement: "fog" }),
        ],
      }),
    );
    expect(await relationsOf("gulls/no-fog")).toEqual([
      { kind: CONTRADICTS, statement: { id: idOfStatement("gulls/fog") }, citations: [] },
    ]);
  });

  it("Relations take the same SQL statements for one statement and for fifty", async () => {
    const keys = Array.from({ length: 60 }, (_, i) => `cry-${i}`);
    test = await serviceWith(
      tale("gulls", {
        statements: keys.map((key, i) =>
          saidOf(key, {
            kind: CONTRADICTS,
            statement: keys[(i + 1) % keys.length]!,
            citations: [{ start: i, end: 99 }],
          }),
        ),
      }),
    );
    for (const first of [1, 50]) {
      const { data, sql } = await test.ask(`{
        statements(first: ${first}) {
          nodes { sourceCount relations { kind statement { text } citations { document { title } } } }
        }
      }`);
      expect(data.statements.nodes).toHaveLength(first);
      for (const { relations } of data.statements.nodes) expect(relations).toHaveLength(2);
      expect(sql.sort()).toEqual([
        "citationsOfStatementRelations",
        "relationsOfStatements",
        "sourceCountsOfStatements",
        "statements",
        "statementsByIds",
      ]);
    }
  });
});

describe("The source count of a statement", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith(
      tale("agency"),
      tale("gazette", { syndicatedFrom: "agency" }),
      tale("courier", { syndicatedFrom: "agency" }),
      tale("corner-sheet", { syndicatedFrom: "courier" }),
      tale("witness"),
      tale("witness-reprint", { syndicatedFrom: "witness" }),
    );
  });
  afterEach(() => test.close());

  /** How many sources each of several statements has, each cited from some of the documents. */
  async function sourceCounts(...cited: string[][]): Promise<number[]> {
    const statements = cited.map((documents, i) =>
      said(`cry-${i}`, {
        citations: documents.map((document, start) => ({ document, start, end: 99 })),
      }),
    );
    await test.load(tale("gulls", { statements }));
    const { data } = await test.ask(`{ statements { nodes { text sourceCount } } }`);
    const counted: { text: string; sourceCount: number }[] = data.statements.nodes;
    return statements.map(({ text }) => counted.find((one) => one.text === text)!.sourceCount);
  }

  it("A statement has one source for each document it cites", async () => {
    expect(await sourceCounts(["witness"], ["witness", "agency"], ["gulls", "agency"])).toEqual([
      1, 2, 2,
    ]);
  });

  it("Several cited passages of one document count as one source", async () => {
    expect(await sourceCounts(["witness", "witness"])).toEqual([1]);
  });

  it("Copies of one text count as one source, even copies of copies and when the original is not cited", async () => {
    expect(
      await sourceCounts(
        ["agency", "gazette"],
        ["gazette", "courier"],
        ["gazette", "corner-sheet"],
        ["agency", "gazette", "courier", "corner-sheet"],
        ["corner-sheet"],
      ),
    ).toEqual([1, 1, 1, 1, 1]);
  });

  it("Copies of several originals count as one source for each original", async () => {
    expect(
      await sourceCounts(
        ["corner-sheet", "witness-reprint"],
        ["gazette", "corner-sheet", "witness", "witness-reprint", "gulls"],
      ),
    ).toEqual([2, 3]);
  });

  it("A passage that only proves a relation does not count as a source", async () => {
    const repeats = { kind: REPEATS, statement: "fog" } as const;
    const citations = [{ document: "witness", start: 0, end: 9 }];
    await test.load(
      tale("gulls", { statements: [said("fog"), saidOf("haze", { ...repeats, citations })] }),
    );
    const { data } = await test.ask(`{ statements { nodes { sourceCount } } }`);
    expect(data.statements.nodes).toEqual([{ sourceCount: 1 }, { sourceCount: 1 }]);
  });

  it("A cycle of copies in an older database counts as one source", async () => {
    await test.dataSource.query(`
      ALTER TABLE source_document DISABLE TRIGGER document_is_no_copy_of_itself;
      UPDATE source_document AS d SET syndicated_from_id = copy.id
      FROM source_document copy WHERE d.key = 'agency' AND copy.key = 'corner-sheet'`);
    expect(await sourceCounts(["agency", "gazette"])).toEqual([1]);
  });
});
