import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** simple.css sets plain HTML well in light and dark; this adds what a dashboard has beyond an article. */
const OURS = `
:root { --good: #00695c; --fair: #9a5b00; --bad: #b3261e; --sans-font: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  :root { --good: #4db6ac; --fair: #ffb74d; --bad: #ff8a80; --accent: #90caf9; --accent-hover: #bbdefb; }
  img { opacity: 1; }
}
body { font-size: 1rem; grid-template-columns: 1fr min(76rem, 94%) 1fr; }
body > header { padding-bottom: 1rem; }
body > header p { max-width: none; margin: 0.5rem auto; }
h1 { font-size: 2rem; }
h2 { font-size: 1.35rem; margin-top: 2rem; }
.lead { font-size: 1.35rem; margin: 0.5rem 0; }
.glance { display: grid; grid-template-columns: minmax(18rem, 1fr) minmax(0, 2.4fr); gap: 1rem 2rem; align-items: start; }
.readiness { margin: 0.5rem 0 1rem; }
.glance h2 { font-size: 1.1rem; margin: 1rem 0 0.3rem; }
.readiness dt { line-height: 1.3; }
.readiness dd { margin: 0 0 0.8rem; }
.readiness progress { width: min(14rem, 70%); }
@media (max-width: 60rem) { .glance { grid-template-columns: minmax(0, 1fr); } }
.verdict > span { font-size: 0.9em; }
.ahead > span, .on-track > span { color: var(--good); }
.at-risk > span { color: var(--fair); }
.late > span, strong.late { color: var(--bad); }
.share { white-space: nowrap; }
progress {
  width: 8rem; height: 0.7rem; margin: 0; border-radius: 0.35rem; overflow: hidden;
  border: 1px solid var(--border); background: var(--accent-bg); vertical-align: baseline;
}
progress::-webkit-progress-bar { background: var(--accent-bg); }
progress::-webkit-progress-value { background: var(--accent); }
progress::-moz-progress-bar { background: var(--accent); }
figure { margin: 1rem 0; }
figure img { display: block; width: 100%; height: auto; background: #fff; border-radius: var(--standard-border-radius); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(28rem, 100%), 1fr)); gap: 1rem; }
.cards > * { margin: 0; }
article h2 { font-size: 1.1rem; margin-top: 0; }
article ul { padding-inline-start: 1.2rem; margin: 0; }
article li { margin: 0 0 0.35rem; }
.wide { overflow-x: auto; margin: 0.5rem 0 1.5rem; }
table { width: 100%; margin: 0; font-size: 0.95rem; }
th, td { vertical-align: top; padding: 0.4rem 0.6rem; }
tbody th { font-weight: 600; background: none; text-align: start; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
small, .note { color: var(--text-light); font-weight: 400; font-size: 0.85rem; }
.note { background: none; border: 0; padding: 0; margin: 0.2rem 0 0; }
.note summary { font-weight: 400; padding: 0; margin: 0; }
.note ol { margin: 0.3rem 0; padding-inline-start: 1.3rem; }
td .note { font-size: inherit; color: inherit; }
form { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: end; margin: 1rem 0; }
form label { display: grid; gap: 0.2rem; }
input, select, button { margin: 0; font-size: 1rem; }
summary { word-break: normal; }
.trouble { float: none; width: auto; margin: 0 0 1rem; padding: 0.5rem 1rem; border-color: var(--bad); }
.trouble h2 { font-size: 1.1rem; margin: 0.3rem 0; }
.lines { white-space: pre-line; }
.narrow { max-width: 28rem; margin: 2rem auto; }
footer form { display: inline; margin: 0; }
@media (max-width: 45rem) {
  figure.wide img { min-width: 40rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, tbody th, td { display: block; border: 0; }
  tr { padding: 0.5rem 0; border-bottom: 1px solid var(--border); }
  th, td, .number { padding: 0.1rem 0.3rem; text-align: start; white-space: normal; }
  td[data-title]::before { content: attr(data-title) " "; color: var(--text-light); font-size: 0.85rem; }
  td:empty { display: none; }
}
@media print {
  form, nav { display: none; }
  body { grid-template-columns: 0 1fr 0; font-size: 0.8rem; }
  body > footer { display: block; margin-top: 1rem; padding: 0.5rem 0; }
  a[href]::after { content: none; }
  h2 { break-after: avoid; }
  .wide { overflow: visible; }
  table { font-size: 0.75rem; }
  tr, article, figure { break-inside: avoid; }
  .glance { grid-template-columns: 13rem minmax(0, 1fr); gap: 1rem; }
  .cards { grid-template-columns: 1fr 1fr; }
  .readiness progress { width: 7rem; }
}
`;

/** The one style sheet of all pages. */
export async function styleSheet(): Promise<string> {
  const base = await readFile(fileURLToPath(import.meta.resolve('simpledotcss/simple.min.css')), 'utf8');
  return `${base}\n${OURS}`;
}

/** A milestone by the road. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M8 30V12a8 8 0 0 1 16 0v18z" fill="#0d47a1"/><path d="M12 15h8v3h-8zm0 6h8v3h-8z" fill="#fff"/></svg>';
