// What runs here is a browser. The service is compiled without this file.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** Debounce time before the service is queried. */
const PAUSE_MS = 120;

/** Shorter words than this would match nearly everything. */
const FEWEST = 2;

const LIST_ID = "suggestions";

const COMBOBOX = {
  type: "text", // a combobox can't be of the type search
  inputmode: "search",
  enterkeyhint: "search",
  role: "combobox",
  autocomplete: "off",
  "aria-autocomplete": "list",
  "aria-controls": LIST_ID,
  "aria-expanded": "false",
};

function newList(): HTMLElement {
  const list = document.createElement("div");
  list.id = LIST_ID;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  return list;
}

/** What says how many suggestions there are to who can't see them. */
function newStatus(): HTMLElement {
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  return status;
}

/**
 * Search as you type: a combobox with a listbox (WAI-ARIA Authoring Practices, editable, with manual selection). The form works
 * without it, and it never submits it. The options are HTML of the service, links as on the page of results.
 */
class Suggestions {
  private readonly list = newList();
  private readonly status = newStatus();
  private timer: number | undefined;
  private request: AbortController | undefined;
  /** The query whose suggestions are in the list. */
  private shown = "";
  private active = -1;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly input: HTMLInputElement,
  ) {
    form.append(this.list, this.status);
    for (const [name, value] of Object.entries(COMBOBOX)) input.setAttribute(name, value);
  }

  listen(): void {
    const { form, input, list } = this;
    const close = () => this.close();
    input.addEventListener("input", (event) => {
      if (!event.isComposing) this.showSoon();
    });
    input.addEventListener("compositionend", () => this.showSoon());
    input.addEventListener("keydown", (event) => {
      if (!event.isComposing) this.press(event);
    });
    // The field keeps the focus while an option is pressed, so that the list is still there to be clicked.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    // A page that comes back from the browser's cache has its list no more.
    addEventListener("pagehide", close);
  }

  private press(event: KeyboardEvent): void {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      this.move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.options()[this.active]?.click();
    } else if (key === "Escape") {
      if (this.list.hidden) this.input.value = "";
      this.close();
    } else if (key === "Home" || key === "End") {
      this.activate(-1);
    }
  }

  /** Moves among the options, and through the field between the last and the first. */
  private move(step: 1 | -1): void {
    const count = this.options().length;
    if (this.list.hidden) {
      if (this.shown !== this.query() || count === 0) return void this.show();
      this.open();
    }
    const places = count + 1;
    this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  private showSoon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.show(), PAUSE_MS);
  }

  /** Shows what the service suggests for what is in the field; closes the list if there is nothing, or on an error. */
  private async show(): Promise<void> {
    this.request?.abort();
    const query = this.query();
    if ([...query].length < FEWEST || !navigator.onLine) return this.close();
    const { signal } = (this.request = new AbortController());
    try {
      const address = new URL(this.form.action);
      address.search = new URLSearchParams({ q: query, list: "1" }).toString();
      const response = await fetch(address, { signal });
      const html = response.ok ? await response.text() : "";
      if (signal.aborted) return;
      this.list.innerHTML = html;
      this.shown = query;
      this.activate(-1);
      const count = this.options().length;
      if (count === 0) return this.close();
      this.status.textContent = `${count} ${count === 1 ? "suggestion" : "suggestions"}`;
      this.open();
    } catch {
      // The service can't be reached, or more has been typed: the form still works.
      if (!signal.aborted) this.close();
    }
  }

  private open(): void {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  private close(): void {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
    this.activate(-1);
  }

  private activate(index: number): void {
    this.active = index;
    this.input.removeAttribute("aria-activedescendant");
    for (const [i, option] of this.options().entries()) {
      option.setAttribute("aria-selected", String(i === index));
      if (i !== index) continue;
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  private options(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  }

  private query(): string {
    return this.input.value.trim();
  }
}

const form = document.querySelector<HTMLFormElement>("form.search");
const input = form?.querySelector<HTMLInputElement>("input[name=q]");
if (form && input) new Suggestions(form, input).listen();
