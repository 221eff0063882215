import { LOOK } from "./html.js";

/** The style sheet of the API reference. */
export const REFERENCE_STYLE = `
${LOOK}* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { display: grid; grid-template-columns: 17rem minmax(0, 50rem); gap: 0 3.5rem; justify-content: center;
  padding: 2rem 1.5rem 4rem; }
header { grid-column: 1 / -1; }
.brand { margin: 0 0 2.5rem; }
.brand a { display: flex; align-items: center; gap: 0.6rem; color: inherit; text-decoration: none; }
h1, h2, h3 { font-family: var(--serif); font-weight: 400; line-height: 1.2; }
h1 { margin: 0 0 1rem; font-size: clamp(2.1rem, 6vw, 3rem); letter-spacing: -0.02em; }
p { max-width: 72ch; margin: 0.5rem 0; overflow-wrap: break-word; text-wrap: pretty; }
code, pre { font-family: var(--mono); font-size: 0.86rem; overflow-wrap: anywhere; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1.5rem; top: 0.5rem; padding: 0.3rem 0.6rem; background: var(--paper); }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 0.5rem 0.5rem 2rem; }
nav h2 { margin: 1.4rem 0 0.3rem; font-size: 1.15rem; }
nav ul { margin: 0; padding: 0; list-style: none; font-size: 0.9rem; line-height: 1.9; }
nav a { display: inline-block; overflow-wrap: anywhere; }
nav a:not(:hover), h3 a:not(:hover) { text-decoration: none; }
main h2 { margin: 2.5rem 0 0; padding-bottom: 0.4rem; border-bottom: 2px solid var(--line); font-size: 2rem; }
h3 { margin: 2.6rem 0 0.4rem; font-size: 1.5rem; overflow-wrap: anywhere; }
h4 { margin: 1.6rem 0 0; color: var(--soft); font-size: 0.95rem; font-weight: 600;
  overflow-wrap: anywhere; }
h5, .argument { margin: 1.1rem 0 0; font-size: 1rem; font-weight: 400; overflow-wrap: anywhere; }
h5 + p, h5 + blockquote { margin-top: 0.15rem; }
.argument { margin-top: 0.7rem; }
.argument, .argument + p { padding-left: 1rem; border-left: 2px solid var(--line); }
.argument + p { margin: 0; padding-bottom: 0.1rem; }
.name { font-weight: 600; }
.of { color: var(--soft); font-weight: 400; }
.cost { display: inline-block; margin-left: 0.5rem; color: var(--gold); font-size: 0.85rem; }
p > .cost:first-child { margin-left: 0; }
pre { margin: 0.8rem 0; padding: 0.9rem 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  line-height: 1.55; white-space: pre-wrap; }
blockquote { margin: 0.3rem 0; padding: 0 0.9rem; border-left: 4px solid var(--gold); }
main:focus { outline: none; }
:target:not(main) { scroll-margin-top: 1rem; background: var(--card); outline: 2px solid var(--gold); outline-offset: 4px; border-radius: 3px; }
@media (max-width: 60rem) {
  body { display: block; padding: 1.25rem 1.25rem 3rem; }
  .brand { margin-bottom: 1.5rem; }
  nav { position: static; max-height: none; padding: 0; }
  nav ul { display: flex; flex-wrap: wrap; gap: 0 1.1rem; line-height: 2.2; }
}
@media print {
  nav { display: none; }
  body { display: block; }
}
`;
