/** How the page looks: on screens of any width, in the dark, and on paper. */
export const STYLE = `
:root { --ink: #1b1f24; --pale: #57606a; --line: #d0d7de; --soft: #f6f8fa; --blue: #0550ae; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); background: #fff; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: #fff; padding: .25rem .5rem; z-index: 2; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.25rem; }
.as-of { margin: .25rem 0 1.25rem; color: var(--pale); overflow-wrap: anywhere; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 0 0 1rem; }
.figures div { flex: 1 1 10rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
.figures dt { color: var(--pale); font-size: .875rem; }
.figures dd { margin: 0; font-size: 1.375rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures small { display: block; font-size: .8125rem; color: var(--pale); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1rem; align-items: start; }
.facts section { padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; break-inside: avoid; }
.facts h3 { margin: 0 0 .5rem; font-size: 1rem; }
.facts dl { display: grid; grid-template-columns: fit-content(60%) minmax(0, 1fr); gap: .25rem 1rem; margin: 0; }
.facts dt { color: var(--pale); font-size: .875rem; }
.facts dd { margin: 0; text-align: end; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.findings { font-size: 1.0625rem; max-width: 60rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.5rem; }
#migration .charts { grid-template-columns: minmax(0, 48rem); }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figure [data-chart] { max-width: 760px; }
figure svg { max-width: 100%; height: auto; display: block; }
.wide { overflow-x: auto; }
.wide:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: break-word; max-width: 22rem; }
td { overflow-wrap: anywhere; }
thead th { font-size: .8125rem; color: var(--pale); vertical-align: bottom; }
td.action { min-width: 12rem; }
.figure-table td { overflow-wrap: normal; white-space: nowrap; font-variant-numeric: tabular-nums; }
.figure-table .number { text-align: end; }
tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 7rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th.number { white-space: normal; }
th button { all: unset; cursor: pointer; color: inherit; font-weight: 600; }
th button::after { content: " ↕"; opacity: .45; }
th[aria-sort=ascending] button::after { content: " ↑"; opacity: 1; }
th[aria-sort=descending] button::after { content: " ↓"; opacity: 1; }
th button:focus-visible { outline: 3px solid var(--blue); }
.controls { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .5rem 0; }
input, select, .controls button { font: inherit; padding: .3rem .6rem; border: 1px solid #8c959f; border-radius: .375rem; background: #fff; color: inherit; max-width: 100%; }
.controls label { min-width: 0; max-width: 100%; }
select { max-width: min(100%, 18rem); }
.controls button:disabled { color: #8c959f; border-color: var(--line); }
#customers-status { color: var(--pale); }
html:not(.scripted) #customers, html:not(.scripted) .charts { display: none; }
#tooltip { position: fixed; z-index: 3; pointer-events: none; max-width: 22rem; padding: .4rem .6rem; border-radius: .375rem; background: #1b1f24; color: #fff; font-size: .8125rem; overflow-wrap: anywhere; }
#tooltip span { color: #d0d7de; }
.terms dt { font-weight: 600; }
.terms dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
li { overflow-wrap: anywhere; }
@media (max-width: 40rem) { main { padding: 1rem; } body { font-size: 15px; } .figures dd { font-size: 1.25rem; } }
@media print {
  body { font-size: 10pt; }
  main { padding: 0; max-width: none; }
  .skip, .controls label, .controls button, #tooltip, th button::after { display: none; }
  figure [data-chart] { min-height: 0 !important; }
  .figures { gap: .5rem; }
  .figures div, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  .wide { overflow: visible; }
  th, td { padding: .2rem .4rem; max-width: none; font-size: 8.5pt; }
  .charts { grid-template-columns: 1fr 1fr; gap: .75rem; }
}
`;
