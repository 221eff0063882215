import { LOOK } from "./html.js";

/** The style sheet of the landing page. Where the explorer is on, the explorer's comes before it, for what is listed while somebody searches. */
export const LANDING_STYLE = `
${LOOK}* { box-sizing: border-box; }
body { max-width: none; padding: 0; }
html { -webkit-text-size-adjust: 100%; }
.page { max-width: 66rem; margin: 0 auto; padding: 2rem 1.5rem 3rem; }
h1, h2, h3, dd, blockquote { font-family: var(--serif); font-weight: 400; text-wrap: balance; }
h1 { max-width: 24ch; margin: 0; font-size: clamp(2.2rem, 6vw, 3.4rem); line-height: 1.08; letter-spacing: -0.02em; }
h2 { margin: 0 0 0.8rem; font-size: clamp(1.6rem, 4vw, 2.1rem); line-height: 1.2; letter-spacing: -0.01em; }
p { max-width: 62ch; margin: 0.8rem 0; text-wrap: pretty; }
code, pre { font-family: var(--mono); font-size: 0.84rem; }
pre { margin: 0; padding: 1.1rem 1.25rem; overflow: auto; line-height: 1.6; tab-size: 2; }
.brand { margin: 0 0 clamp(2rem, 6vw, 3.5rem); }
.lead { margin: 1.1rem 0 0; color: var(--soft); font-size: 1.18rem; line-height: 1.55; }
.doors { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 1.6rem 0 0; padding: 0; list-style: none; }
.door { display: inline-block; padding: 0.6rem 1.3rem; border: 1px solid var(--accent); border-radius: 999px;
  font-weight: 600; line-height: 1.4; text-decoration: none; }
.door:hover { text-decoration: underline; }
.door:focus-visible { border-radius: 999px; }
.first { background: var(--accent); color: var(--on-accent); }
.search { display: flex; flex-wrap: wrap; gap: 0.6rem; max-width: 40rem; margin: 1.6rem 0 0; }
.search label { flex: 1 0 100%; font-weight: 600; }
.search input { flex: 1 1 14rem; min-width: 0; padding: 0.6rem 1rem; background: var(--card); color: var(--ink); font: inherit;
  border: 1px solid var(--soft); border-radius: 999px; }
.search input::placeholder { color: var(--soft); opacity: 1; }
.search button { padding: 0.6rem 1.4rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600;
  border: 1px solid var(--accent); border-radius: 999px; cursor: pointer; }
.search :focus-visible { outline: 3px solid var(--gold); outline-offset: 3px; }
.ways { display: grid; grid-template-columns: repeat(auto-fill, minmax(10.9rem, 1fr)); gap: 1.4rem 2rem; }
.ways section { margin: 0; }
.ways h3 { margin: 0 0 0.4rem; font-size: 1.15rem; }
.ways ul { margin: 0; padding: 0; list-style: none; }
.ways li { display: flex; justify-content: space-between; gap: 0.6rem; padding: 0.3rem 0; border-top: 1px solid var(--line);
  overflow-wrap: anywhere; }
.ways .much { flex: none; color: var(--soft); font-variant-numeric: tabular-nums; }
.newest { grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.newest li { flex-direction: column; gap: 0; }
.newest .much { font-size: 0.92rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.more { display: flex; flex-wrap: wrap; gap: 0.3rem 1.6rem; }
dl { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1.2rem 2rem; margin: 2.4rem 0 0; padding: 1.1rem 0;
  border: solid var(--line); border-width: 1px 0; }
dl div { display: flex; flex-direction: column-reverse; }
dt { color: var(--soft); font-size: 0.95rem; line-height: 1.4; }
dd { margin: 0; font-size: 2.1rem; line-height: 1.1; font-variant-numeric: lining-nums; }
section { margin-top: 3.5rem; }
.asked { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 23rem); gap: 0 3rem; }
.question { grid-column: 1 / -1; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between;
  gap: 0.8rem 2rem; margin-bottom: 1rem; }
.question h2 { margin: 0; overflow-wrap: anywhere; }
.count { margin: 0 0 1.2rem; color: var(--soft); }
.count strong { color: var(--ink); }
summary { padding: 0.7rem 0; color: var(--accent); cursor: pointer; }
.statements { margin: 0; padding: 0; list-style: none; counter-reset: said; }
.statements li { position: relative; padding: 1.1rem 0 1.1rem 2.6rem; border-top: 1px solid var(--line); counter-increment: said;
  overflow-wrap: break-word; }
.statements li::before { content: counter(said) / ""; position: absolute; left: 0; top: 1.3rem; color: var(--gold);
  font: 1.05rem/1.4 var(--serif); font-variant-numeric: lining-nums tabular-nums; }
blockquote { margin: 0; font-size: 1.2rem; line-height: 1.42; text-wrap: pretty; }
.statements blockquote a { color: inherit; text-decoration-color: var(--line); }
.statements blockquote a:hover { text-decoration-color: currentColor; }
.statements p { margin: 0.45rem 0 0; font-size: 0.94rem; line-height: 1.5; }
.statements .proof { margin-top: 0.15rem; color: var(--soft); }
.query { position: sticky; top: 1.5rem; align-self: start; display: flex; flex-direction: column;
  max-height: calc(100vh - 3rem); overflow: hidden; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.query h3 { margin: 0; padding: 1rem 1.25rem 0.2rem; font-size: 1.15rem; }
.query pre { flex: 0 1 auto; min-height: 0; padding-top: 0.5rem; }
.query pre:focus-visible { outline-offset: -3px; }
.trouble { margin: 0; padding: 0.9rem 1.2rem; max-width: none; background: var(--card); border: 1px solid var(--line);
  border-left: 4px solid var(--gold); border-radius: 8px; }
.questions { columns: 2; column-gap: 3rem; margin: 0; padding: 0; list-style: none; }
.questions li { display: flex; justify-content: space-between; gap: 1rem; padding: 0.75rem 0; break-inside: avoid;
  border-bottom: 1px solid var(--line); line-height: 1.45; }
.questions a { text-wrap: pretty; overflow-wrap: anywhere; }
.questions .aside { flex: none; color: var(--soft); font-size: 0.9rem; }
.questions a:hover { text-decoration-thickness: 2px; }
.doors + .terminal { margin-top: 1.2rem; }
.terminal { background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
footer { margin-top: 3.5rem; padding-top: 1.2rem; border-top: 1px solid var(--line); color: var(--soft);
  font-size: 0.92rem; }
footer p { margin: 0.2rem 0; }
@media (max-width: 54rem) {
  .asked { grid-template-columns: minmax(0, 1fr); }
  .query { position: static; max-height: 32rem; margin-top: 1.5rem; }
}
@media (max-width: 44rem) {
  .page { padding: 1.25rem 1.25rem 2.5rem; }
  section { margin-top: 2.6rem; }
  dl { display: grid; grid-template-columns: repeat(3, auto); gap: 0.8rem 1rem; margin-top: 1.8rem; }
  dd { font-size: 1.8rem; }
  .statements li { padding-left: 2rem; }
  .questions { columns: 1; }
}
@media print {
  .search, .browse, .doors, .question .door, .query { display: none; }
  .asked { display: block; }
}
`;
