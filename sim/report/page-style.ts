/** How the report looks: on a phone, on a desk, light and dark, on paper. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #11161c);
  --raised: light-dark(#f4f6f8, #1a212a);
  --line: light-dark(#d8dee4, #303b47);
  --ink: light-dark(#161d26, #eef2f5);
  --muted: light-dark(#525d69, #a3aeb9);
  --accent: light-dark(#0b5cad, #7cbcf8);
  --pass: light-dark(#0a6b47, #5fd6a3);
  --pass-ground: light-dark(#0a8f5a1a, #2fd08a1f);
  --fail: light-dark(#a8141d, #ff928c);
  --fail-ground: light-dark(#d8202a17, #ff5a5a2b);
  --uninformative: light-dark(#7d4700, #f2b54c);
  --uninformative-ground: light-dark(#f0a00024, #f0a00026);
  --shade: light-dark(#161d2633, #000000b3);
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, "Liberation Serif", serif;
  --sans: Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0 auto;
  max-width: 80rem;
  padding: 1.5rem 1rem 4rem;
  background: var(--ground);
  color: var(--ink);
  font: 1.0625rem / 1.6 var(--serif);
  overflow-wrap: break-word;
}
h1, h2, h3, nav, dl, figcaption, table, .title, .note, .key { font-family: var(--sans); }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.015em; text-wrap: balance; }
h2 { margin: 0 0 1rem; font-size: 1.35rem; line-height: 1.25; letter-spacing: -0.01em; }
h3 { margin: 2.25rem 0 0.5rem; font-size: 1.0625rem; line-height: 1.3; }
p { margin: 0 0 1rem; max-width: 44rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; display: inline-block; margin-bottom: 1rem; }
.number { color: var(--muted); font-weight: 500; margin-right: 0.5em; }

.head { border-bottom: 2px solid var(--ink); padding-bottom: 1.25rem; }
.subtitle { margin: 0.5rem 0 0; color: var(--muted); font-size: 1.125rem; line-height: 1.45; }
.facts { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin: 1.1rem 0 0; font-size: 0.8125rem; line-height: 1.4; }
.facts div { min-width: 0; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.facts .code { font-family: var(--mono); }

.contents { margin: 1.5rem 0 2.5rem; font-size: 0.875rem; line-height: 1.4; }
.contents h2 { margin: 0 0 0.6rem; font-size: 0.875rem; letter-spacing: 0; }
.contents ol { margin: 0; padding: 0; list-style: none; }
.contents li { margin: 0; }
.contents a { display: flex; padding: 0.28rem 0; color: inherit; text-decoration: none; }
.contents a:hover { color: var(--accent); text-decoration: underline; }
.contents .number { flex: none; width: 1.5rem; margin: 0; font-variant-numeric: tabular-nums; }
.contents ol ol { padding-left: 1.5rem; color: var(--muted); font-size: 0.8125rem; }
.contents ol ol a { padding: 0.16rem 0; }

.key { display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; max-width: none; margin: 0 0 2rem; padding: 0.7rem 0.9rem; background: var(--raised); border-radius: 6px; font-size: 0.8125rem; line-height: 1.45; }
.chapter { margin: 0 0 3.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.chapter:first-of-type { padding-top: 0; border-top: 0; }

figure { margin: 1.75rem 0 2rem; max-width: 44rem; }
/* Figures keep a light ground of their own: they are made for paper. */
.drawing { overflow-x: auto; background: #ffffff; border: 1px solid var(--line); border-radius: 6px; }
.drawing svg { display: block; width: 100%; min-width: 35rem; height: auto; }
figcaption { margin-top: 0.6rem; font-size: 0.875rem; line-height: 1.5; color: var(--muted); }
figcaption b, .title b { color: var(--ink); }

.table { margin: 1.75rem 0 2rem; }
.title { margin: 0 0 0.5rem; max-width: 44rem; font-size: 0.875rem; line-height: 1.5; color: var(--muted); }
/* A shadow on the side where more of the table is. */
.scroll {
  overflow-x: auto;
  background:
    linear-gradient(to right, var(--ground) 40%, transparent) 0 0 / 2.5rem 100% no-repeat local,
    linear-gradient(to left, var(--ground) 40%, transparent) 100% 0 / 2.5rem 100% no-repeat local,
    linear-gradient(to right, var(--shade), transparent) 0 0 / 0.75rem 100% no-repeat scroll,
    linear-gradient(to left, var(--shade), transparent) 100% 0 / 0.75rem 100% no-repeat scroll;
}
table { border-collapse: collapse; border-top: 1.5px solid var(--ink); border-bottom: 1.5px solid var(--ink); font-size: 0.8125rem; line-height: 1.4; font-variant-numeric: tabular-nums lining-nums; }
th, td { padding: 0.38rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: normal; }
th { font-weight: 600; }
thead th { vertical-align: bottom; border-bottom: 1px solid var(--ink); }
tbody th { font-weight: 500; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
.right { text-align: right; }
.right, .short { white-space: nowrap; }
.words { min-width: 10rem; }
.long { min-width: 18rem; }
tr.pass { background: var(--pass-ground); }
tr.fail { background: var(--fail-ground); }
tr.uninformative { background: var(--uninformative-ground); }
.verdict { white-space: nowrap; font-weight: 600; }
.verdict svg { width: 0.95em; height: 0.95em; margin-right: 0.35em; vertical-align: -0.1em; }
.pass .verdict, .verdict.pass { color: var(--pass); }
.fail .verdict, .verdict.fail { color: var(--fail); }
.uninformative .verdict, .verdict.uninformative { color: var(--uninformative); }
.note { margin: 0.5rem 0 0; max-width: 44rem; font-size: 0.8125rem; line-height: 1.5; color: var(--muted); }
h3 + figure, h3 + .table { margin-top: 0.9rem; }

@media (min-width: 68rem) {
  body { padding: 3rem 2rem 6rem; }
  h1 { font-size: 2.25rem; }
  h2 { font-size: 1.5rem; }
  .columns { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 0 3rem; margin-top: 2.25rem; }
  .contents { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); margin: 0; overflow-y: auto; }
}

@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page); font: 8pt sans-serif; } }
@media print {
  :root { color-scheme: light; font-size: 10pt; }
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.45; }
  .subtitle { font-size: 11pt; }
  .facts, .key { font-size: 8.5pt; }
  .skip { display: none; }
  .columns { display: block; margin-top: 0; }
  .contents { position: static; max-height: none; margin: 6mm 0 8mm; overflow: visible; font-size: 9pt; }
  .contents ol ol { font-size: 8.5pt; }
  .contents a, .contents ol ol a { padding: 0.4mm 0; }
  a { color: inherit; text-decoration: none; }
  h1 { font-size: 20pt; }
  h2 { font-size: 14pt; }
  h3 { font-size: 11pt; }
  h2, h3, .title { break-after: avoid; }
  p { max-width: none; orphans: 3; widows: 3; }
  .key { padding: 0 0 3mm; background: none; }
  .chapter { margin-bottom: 8mm; }
  figure { max-width: 150mm; margin: 5mm 0 6mm; break-inside: avoid; }
  .drawing { overflow: visible; border: 0; }
  .drawing svg { min-width: 0; max-height: 220mm; }
  figcaption, .title, .note { max-width: none; font-size: 8.5pt; }
  .scroll { overflow: visible; background: none; }
  table { width: 100%; font-size: 7.5pt; }
  th, td { padding: 1mm 1.5mm; }
  .right, .short { white-space: normal; }
  .words, .long { min-width: 0; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  tr { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
