import { CITATION } from "./citations.js";
import { graphql, type ResultOf } from "./graphql.js";
import { html, joined, type Content, type Html } from "./html.js";
import { meetingLink, pathOf, placeLink } from "./links.js";
import { ADDRESSEE, addresseesOf, inferredSides, SPEAKER, speakersOf } from "./sides.js";
import { dateLink, listed, shortened, words } from "./words.js";

/** A statement in a list. */
export const STATEMENT = graphql(
  `
    fragment StatementParts on Statement {
      key
      text
      language
      form
      joint
      standing
      audience
      date
      dateCertainty
      placeCertainty
      place {
        slug
        name
      }
      meeting {
        slug
        title
      }
      speakers {
        ...SpeakerParts
      }
      addressees {
        ...AddresseeParts
      }
    }
  `,
  [SPEAKER, ADDRESSEE],
);

/** What a download adds to a statement. */
const MORE = graphql(
  `
    fragment StatementMore on Statement {
      placeCountry {
        code
        name
      }
      citations {
        ...CitationParts
      }
    }
  `,
  [CITATION],
);

/** A page of statements. */
export const STATEMENTS = graphql(
  `
    fragment StatementList on StatementConnection {
      totalCount @include(if: $counted)
      nodes {
        ...StatementParts
        ...StatementMore @include(if: $more)
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  `,
  [STATEMENT, MORE],
);

/** A statement, in a download with the passages that prove it. */
export type Statement = ResultOf<typeof STATEMENT> & Partial<ResultOf<typeof MORE>>;

interface ListOptions<Row> {
  /** Where each stands in its document. */
  passages?: (said: Row) => Content;
  /** What is shown instead of the text of each; false for the text. */
  text?: (said: Row) => Content;
  /** The slug of the meeting that the list is about, which need not be named each time. */
  at?: string;
}

/** The longest text of a statement in a list: some are pages long, and each has a page of its own. */
const MAX_LENGTH = 500;

/** Statements as a list, of long ones the beginning. */
export function statementList<Row extends Statement>(
  rows: readonly Row[],
  { passages, text, at }: ListOptions<Row> = {},
): Html {
  return html`<ol class="statements">
${rows.map((said) => html`<li>${statementItem(said, passages?.(said), text?.(said), at)}</li>`)}
</ol>`;
}

function statementItem(
  said: Statement,
  passages: Content,
  text: Content,
  at: string | undefined,
): Html {
  const { key, date, place, speakers, addressees, audience } = said;
  const meeting = said.meeting?.slug === at ? null : said.meeting;
  const to = addressees.length > 0 ? addresseesOf(addressees) : audience;
  const where = [
    date && dateLink(date),
    place && placeLink(place),
    meeting && meetingLink(meeting),
  ];
  return html`${quotation(said, pathOf("statement", key), text)}
<p>${speakersOf(speakers)}${to && html`, to ${to}`}</p>
<p class="soft">${joined(where.filter(Boolean), " · ")}</p>
<p class="soft">${manner(said)}${passages && html` · ${passages}`}</p>`;
}

/** The text of a statement, in quotation marks if it is word for word; linked to its page where an address is given, and then shortened. `part`: what is shown of it. */
export function quotation(
  { text, form, language }: Pick<Statement, "text" | "form" | "language">,
  address?: string,
  part?: Content,
): Html {
  const isCut = !part && address !== undefined && text.length > MAX_LENGTH;
  const words = part || (isCut ? shortened(text, MAX_LENGTH) : text);
  const shown = form === "VERBATIM" ? html`“${words}”` : words;
  const whole =
    isCut && html` <a class="whole-text" lang="en" href="${address}">The whole text</a>`;
  return html`<blockquote lang="${language}">${
    address === undefined ? shown : html`<a href="${address}">${shown}</a>${whole}`
  }</blockquote>`;
}

/** How it is on record: `joint · reported; place inferred`. */
export function manner(said: Statement): Html {
  const inferred = inferredOf(said);
  return html`${said.joint && html`<span class="mark">joint</span> `}${
    said.standing !== "CURRENT" && html`<strong class="mark">${words(said.standing)}</strong> `
  }${words(said.form)}${inferred.length > 0 && html`; <em>${listed(inferred)} inferred</em>`}`;
}

/** Which of its facts are inferred: `["speaker", "place"]`. */
export function inferredOf(said: Statement): string[] {
  return [
    ...inferredSides(said.speakers, said.addressees),
    said.placeCertainty === "INFERRED" ? "place" : "",
    said.dateCertainty === "INFERRED" ? "date" : "",
  ].filter(Boolean);
}
