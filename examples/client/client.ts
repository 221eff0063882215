import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { initGraphQLTada, type ResultOf, type TadaDocumentNode } from "gql.tada";
import { print } from "graphql";
import type { introspection } from "./schema.js";

// The types of variables and answers follow from the question and the service's schema: a field that
// the service does not have is a compile error, and so is a null that nobody thought of.
const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { PartialDate: string; CountryCode: string };
}>();

const STATEMENTS = graphql(`
  query StatementsSomewhere(
    $person: String!
    $place: String!
    $topics: [String!]
    $first: Int!
    $after: String
  ) {
    person(slug: $person) {
      statements(filter: { places: [$place], topics: $topics }, first: $first, after: $after) {
        totalCount
        facets(by: TOPIC) {
          value
          label
          count
        }
        nodes {
          text
          form
          date
          citations {
            start
            end
            document {
              dateline
              sha256
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
type Answer = ResultOf<typeof STATEMENTS>;
type Page = NonNullable<NonNullable<Answer["person"]>["statements"]>;
type Citation = Page["nodes"][number]["citations"][number];
type Facet = NonNullable<Page["facets"]>[number];

/** Asks a service one question, and fails where the answer has errors. */
async function ask<Data, Variables>(
  service: string,
  question: TadaDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(`${service}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: print(question), variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: Data;
    errors?: { message: string }[];
  };
  if (errors) throw new Error(errors.map(({ message }) => message).join("\n"));
  return data;
}

/** Whose statements, where, how many at a time, and about which topics (slugs); all when absent. */
interface About {
  person: string;
  place: string;
  first: number;
  topics?: string[];
}

/** The pages of what a person said at a place. Each is asked for when the one before has been read. */
export async function* statementPages(service: string, about: About): AsyncGenerator<Page, void> {
  let after: string | null = null;
  do {
    const answer: Answer = await ask(service, STATEMENTS, { ...about, after });
    const page = answer.person?.statements;
    if (!page) throw new Error(`Nobody on record has the slug ${about.person}.`);
    yield page;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
}

/** The words that a citation points at, cut out of the text that it was counted in. */
export function passageOf({ start, end, document }: Citation, textFile: string): string {
  const bytes = readFileSync(textFile);
  if (createHash("sha256").update(bytes).digest("hex") !== document.sha256) {
    throw new Error(`${textFile} is not the text that the passages were counted in.`);
  }
  // A citation of a dataset's row has a `locator` instead.
  return bytes.toString().slice(start ?? 0, end ?? 0);
}

/** The same list narrowed to one value of its facet: what a click on the facet does. */
export function narrowed(about: About, { value }: Facet): About {
  return { ...about, topics: [value] };
}

/**
 * Tells what Rajnath Singh said in Vientiane, five statements at a time, what it is about, and what proves the
 * first.
 */
export async function tell(service: string, textFile?: string, say = console.log): Promise<void> {
  const about = { person: "rajnath-singh", place: "vientiane", first: 5 };
  let proof: Citation | undefined;
  let topics: Facet[] = [];
  for await (const { totalCount, nodes, facets } of statementPages(service, about)) {
    say(`\n${nodes.length} of ${totalCount} statements:`);
    for (const { date, form, text } of nodes) say(`- ${date ?? "undated"}, ${form}: ${text}`);
    proof ??= nodes[0]?.citations[0];
    topics = facets ?? [];
  }
  say("\nBy topic:");
  for (const topic of topics) {
    const { value: page } = await statementPages(service, narrowed(about, topic)).next();
    say(`- ${topic.label}, ${topic.count}: ${page?.nodes[0]?.text}`);
  }
  if (!proof) return;
  const { start, end, document } = proof;
  say(
    `\nThe first is proved by ${start}..${end} of the text from ${document.dateline ?? "its document"}.`,
  );
  say(textFile ? `> ${passageOf(proof, textFile)}` : "Name the text's file to read the passage.");
}

if (require.main === module) {
  const [service = "http://127.0.0.1:4000", textFile] = process.argv.slice(2);
  tell(service, textFile).catch(({ message, cause }: Error) => {
    console.error(message, cause instanceof Error ? cause.message : "");
    process.exitCode = 1;
  });
}
