import type { DocumentDecoration } from "gql.tada";
import { html, type Content } from "../html.js";
import type { Site } from "../layout.js";
import type { Visit } from "../visit.js";
import { type ListByYear, yearsIn } from "./by-year.js";
import { map } from "./map.js";
import { months } from "./months.js";
import { network } from "./network.js";
import type { Common, Subject } from "./subject.js";
import { timeline } from "./timeline.js";
import { years } from "./years.js";

/** Draws a picture, while what it is about may still be read. */
type Draw = (visit: Visit, site: Site, subject: Promise<Subject>) => Promise<Content>;

const PICTURES = {
  timeline: afterSubject(timeline),
  years: afterSubject(years),
  months: afterSubject(months),
  map: afterSubject(map),
  network,
} satisfies Record<string, Draw>;
type Picture = keyof typeof PICTURES;

/** For a picture that queries only when it knows what it is about. */
function afterSubject(
  draw: (visit: Visit, site: Site, subject: Subject) => Content | Promise<Content>,
): Draw {
  return async (visit, site, subject) => draw(visit, site, await subject);
}

const TITLES: Record<Picture, string> = {
  timeline: "Timeline",
  years: "Statements by year",
  months: "By month",
  map: "Map",
  network: "Network",
};

/** What a page can have pictures of. */
interface Pictured {
  name: string;
  statements: ListByYear | null;
  /** Absent if it has none. */
  meetings?: ListByYear | null;
}

interface PicturesDeclaration<Data, Variables extends object> {
  /** The document of the tab: what the page says of its item, and how many statements and meetings that has by year. */
  document: DocumentDecoration<Data, Variables>;
  /** The variables of the document, from the address. */
  variables: (visit: Visit) => Variables;
  /**
   * The item in a result.
   *
   * @throws Missing or Moved if it is not on record under this address.
   */
  find: (data: Data, visit: Visit) => Pictured;
  /** Which statements and meetings are its own, from its key. */
  said: (key: string) => Common;
  met?: (key: string) => Common;
  /** How they are its own: `by`, `with`. */
  saidHow: string;
  metHow?: string;
  /** The pictures of it, the first of which is shown if the address names none of them. */
  offered: readonly Picture[];
}

/** The tab of a page that shows pictures, one at a time: each is a request of its own. */
export class Pictures<Data, Variables extends object> {
  constructor(private readonly declared: PicturesDeclaration<Data, Variables>) {}

  /** Asks for what the page is about and for what the picture counts, and draws it. `count` names the picture. */
  async show(visit: Visit, site: Site) {
    const { document, variables } = this.declared;
    const asked = visit.ask(document, variables(visit));
    const shown = this.chosen(visit);
    const subject = asked.then((data) => this.subject(data, visit));
    const [data, drawn] = await Promise.all([asked, PICTURES[shown](visit, site, subject)]);
    const content = html`${this.links(visit, shown)}
${drawn}`;
    return { data, count: TITLES[shown].toLowerCase(), content };
  }

  private chosen(visit: Visit): Picture {
    const { offered } = this.declared;
    const asked = visit.parameter("picture");
    return offered.find((name) => name === asked) ?? offered[0]!;
  }

  private subject(data: Data, visit: Visit): Subject {
    const { find, said, met, saidHow, metHow = "" } = this.declared;
    const { name, statements, meetings } = find(data, visit);
    return {
      name,
      path: visit.path,
      said: said(visit.key),
      saidHow: `${saidHow} ${name}`,
      met: met?.(visit.key) ?? null,
      metHow: `${metHow} ${name}`,
      counts: {
        statements: statements?.totalCount ?? null,
        meetings: meetings?.totalCount ?? null,
      },
      years: { statements: yearsIn(statements), meetings: yearsIn(meetings) },
      question: { document: this.declared.document, variables: this.declared.variables(visit) },
    };
  }

  private links(visit: Visit, shown: Picture): Content {
    const links = this.declared.offered.map((name, i) => {
      const query = new URLSearchParams({ tab: "pictures", ...(i > 0 ? { picture: name } : {}) });
      const current = name === shown && html` aria-current="page"`;
      return html`<li><a href="${visit.path}?${query.toString()}"${current}>${TITLES[name]}</a></li>`;
    });
    return html`<nav class="views" aria-label="Pictures"><ul>${links}</ul></nav>`;
  }
}
