// What runs here is a browser. The service is compiled without this file.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** Debounce time before the service is queried. */
const PAUSE_MS = 120;

/** Shorter words than this would match nearly everything. */
const FEWEST = 2;

const LIST_ID = "suggestions";

/**
 * Search as you type: a combobox with a listbox (WAI-ARIA Authoring Practices, editable, with manual selection). The form works
 * without it, and it never submits it. The options are HTML of the service, links as on the page of results.
 */
function suggest(form: HTMLFormElement, input: HTMLInputElement): void {
  const list = document.createElement("div");
  list.id = LIST_ID;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of Object.entries({
    type: "text", // a combobox can't be of the type search
    inputmode: "search",
    enterkeyhint: "search",
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-controls": LIST_ID,
    "aria-expanded": "false",
  })) {
    input.setAttribute(name, value);
  }

  let timer: number | undefined;
  let request: AbortController | undefined;
  /** The query whose suggestions are in the list. */
  let shown = "";
  let active = -1;

  const options = () => [...list.querySelectorAll<HTMLAnchorElement>("[role=option]")];

  function activate(index: number): void {
    active = index;
    input.removeAttribute("aria-activedescendant");
    for (const [i, option] of options().entries()) {
      option.setAttribute("aria-selected", String(i === index));
      if (i !== index) continue;
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  function open(): void {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function close(): void {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
    activate(-1);
  }

  /** Shows what the service suggests for what is in the field; closes the list if there is nothing, or on an error. */
  async function show(): Promise<void> {
    request?.abort();
    const query = input.value.trim();
    if ([...query].length < FEWEST || !navigator.onLine) return close();
    const { signal } = (request = new AbortController());
    try {
      const address = new URL(form.action);
      address.search = new URLSearchParams({ q: query, list: "1" }).toString();
      const response = await fetch(address, { signal });
      const html = response.ok ? await response.text() : "";
      if (signal.aborted) return;
      list.innerHTML = html;
      shown = query;
      activate(-1);
      const count = options().length;
      if (count === 0) return close();
      status.textContent = `${count} ${count === 1 ? "suggestion" : "suggestions"}`;
      open();
    } catch {
      // The service can't be reached, or more has been typed: the form still works.
      if (!signal.aborted) close();
    }
  }

  function showSoon(): void {
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(), PAUSE_MS);
  }

  /** Moves among the options, and through the field between the last and the first. */
  function move(step: 1 | -1): void {
    const count = options().length;
    if (list.hidden) {
      if (shown !== input.value.trim() || count === 0) return void show();
      open();
    }
    const places = count + 1;
    activate(((active + 1 + step + places) % places) - 1);
  }

  input.addEventListener("input", (event) => {
    if (!event.isComposing) showSoon();
  });
  input.addEventListener("compositionend", showSoon);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      options()[active]?.click();
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    } else if (event.key === "Home" || event.key === "End") {
      activate(-1);
    }
  });
  // The field keeps the focus while an option is pressed, so that the list is still there to be clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  // A page that comes back from the browser's cache has its list no more.
  addEventListener("pagehide", close);
}

const form = document.querySelector<HTMLFormElement>("form.search");
const input = form?.querySelector<HTMLInputElement>("input[name=q]");
if (form && input) suggest(form, input);
