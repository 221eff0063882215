import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  isCompositeType,
  isObjectType,
} from "graphql";
import { createSchema } from "../src/schema.js";
import { worldOf } from "./fixtures/world.js";
import { serviceWith, SHIPPED_RECORD, type TestService } from "./harness/service.js";
import type { Whatever } from "./harness/whatever.js";

const SCHEMA = createSchema();

/** Fields that are asked with an argument. */
const ARGUMENTS: Record<string, string> = { localizedName: '(language: "fr")' };

/** Where every field of each type is asked of many rows: of a list's own rows, and of those that they point to. */
const WAYS: [type: string, way: string[]][] = [
  ["Person", ["people", "nodes"]],
  ["Country", ["countries", "nodes"]],
  ["Place", ["places", "nodes"]],
  ["Meeting", ["meetings", "nodes"]],
  ["Statement", ["statements", "nodes"]],
  ["Agreement", ["agreements", "nodes"]],
  ["SourceDocument", ["sourceDocuments", "nodes"]],
  ["Participation", ["meetings", "nodes", "participations", "nodes"]],
  ["Speaker", ["statements", "nodes", "speakers"]],
  ["Addressee", ["statements", "nodes", "addressees"]],
  ["Citation", ["statements", "nodes", "citations"]],
  ["Person", ["statements", "nodes", "speakers", "person"]],
  ["Country", ["statements", "nodes", "speakers", "country"]],
  ["Organization", ["statements", "nodes", "speakers", "organization"]],
  ["Meeting", ["statements", "nodes", "meeting"]],
  ["Place", ["statements", "nodes", "meeting", "place"]],
  ["Country", ["statements", "nodes", "meeting", "place", "country"]],
  ["SourceDocument", ["statements", "nodes", "citations", "document"]],
  ["StatementTopic", ["statements", "nodes", "topics"]],
  ["AgreementParty", ["agreements", "nodes", "parties"]],
  ["Tenure", ["people", "nodes", "tenures"]],
  // Further than rows are read together with others.
  ["Country", ["meetings", "nodes", "parent", "parent", "parent", "placeCountry"]],
];

describe("Rows read with only the selected columns", () => {
  let service: TestService;

  beforeAll(async () => {
    const sizes = { people: 30, places: 8, meetings: 40, statements: 60 };
    service = await serviceWith(SHIPPED_RECORD, ...worldOf({ seed: 11, ...sizes }));
  });
  afterAll(() => service.close());

  it.each(WAYS)(
    "Each field of %s alone has the same value as with all others: %j",
    async (name, way) => {
      const fields = Object.values((SCHEMA.getType(name) as GraphQLObjectType).getFields());
      const asked = fields.map((field) => selectionOf(field));
      const whole = await rowsOf(way, asked.join(" "));
      expect(whole.flat().filter(Boolean).length).toBeGreaterThan(0);
      for (const [i, field] of fields.entries()) {
        const alone = await rowsOf(way, asked[i]!);
        expect(alone.map((row) => row && { [field.name]: row[field.name] })).toEqual(
          whole.map((row) => row && { [field.name]: row[field.name] }),
        );
      }
    },
  );

  it("A row is there when only its __typename is selected", async () => {
    const { data } = await service.ask(
      "{ statements { nodes { __typename meeting { __typename } } } }",
    );
    expect(data.statements.nodes[0].__typename).toBe("Statement");
    expect(data.statements.nodes).toContainEqual(
      expect.objectContaining({ meeting: { __typename: "Meeting" } }),
    );
  });

  it("A list selected twice with different fields gives the right fields each time", async () => {
    const { data } = await service.ask(`{
      one: statements { nodes { text } }
      other: statements { nodes { date form } }
      both: statements { nodes { text date form } }
    }`);
    expect(data.both.nodes).toEqual(
      data.one.nodes.map((row: object, i: number) => ({ ...row, ...data.other.nodes[i] })),
    );
  });

  /** What is at the end of the way, for each row on it. */
  async function rowsOf(way: string[], selected: string): Promise<Whatever[]> {
    const query = way.reduceRight((inner, field) => `${field} { ${inner} }`, selected);
    const { data } = await service.ask(`{ ${query} }`);
    return way.reduce<Whatever[]>(
      (rows, field) => rows.flatMap((row) => row?.[field] ?? [null]),
      [data],
    );
  }
});

/** A field, and of what it leads to as little as shows that it is there. */
function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  const asked = field.name + (ARGUMENTS[field.name] ?? "");
  if (!isCompositeType(type)) return asked;
  const key = ["id", "slug", "code", "value"].find(
    (name) => isObjectType(type) && type.getFields()[name],
  );
  const isList = isObjectType(type) && type.getFields().nodes;
  return `${asked} { ${isList ? "nodes { __typename }" : (key ?? "__typename")} }`;
}
