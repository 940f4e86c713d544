/** The looks of the HTML report, for light and dark screens and for paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6676; --paper: #ffffff; --panel: #f4f6f9; --line: #d5dbe3;
  --good: #1a7f4b; --bad: #b42318; --plain: #38618c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --soft: #9aa6b5; --paper: #12161c; --panel: #1b212a; --line: #313a46;
  --good: #4cc38a; --bad: #ff8a7d; --plain: #86b6e8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 74rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; } h3 { margin: 1.4rem 0 .5rem; font-size: 1.05rem; } h4 { margin: 1rem 0 .3rem; }
a { color: inherit; } code, pre { font: 12.5px/1.45 ui-monospace, monospace; }
table { border-collapse: collapse; font-size: 14px; } th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; } table.summary { width: 100%; }
.verdict, .pill { display: inline-block; padding: 0 .5rem; border-radius: 1rem; font-size: 12.5px; border: 1px solid currentColor; white-space: nowrap; }
.passed, .good { color: var(--good); } .failed, .bad { color: var(--bad); } .plain { color: var(--plain); }
h1 .verdict { font-size: .95rem; vertical-align: middle; margin-left: .6rem; }
details.run { margin-top: 1rem; border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1rem; }
details.run > summary { font-weight: 600; cursor: pointer; } summary { cursor: pointer; }
.about, .facts { color: var(--soft); margin: .6rem 0; } .facts code { overflow-wrap: anywhere; }
.order { display: flex; flex-wrap: wrap; gap: 2.5rem; align-items: flex-start; }
ul.tree { list-style: none; margin: 0; padding: 0; } ul.tree li { padding: .12rem 0; }
ul.tree li[class^=depth] { border-left: 2px solid var(--line); padding-left: .7rem; }
.depth1 { margin-left: .8rem; } .depth2 { margin-left: 2rem; } .depth3 { margin-left: 3.2rem; } .depth4 { margin-left: 4.4rem; } .depth5 { margin-left: 5.6rem; } .depth6, .depth7 { margin-left: 6.8rem; }
.spec { color: var(--soft); } .when { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; margin-right: .6rem; }
.scroll { overflow-x: auto; background: var(--panel); border-radius: 6px; }
ul.findings pre { margin: .2rem 0 .6rem; white-space: pre-wrap; color: var(--bad); }
details.message { border-top: 1px solid var(--line); padding: .25rem 0; } details.message.plain { color: inherit; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }
.pair pre { background: var(--panel); color: var(--ink); padding: .7rem; border-radius: 6px; overflow-x: auto; margin: .4rem 0; }
details.notes { margin-top: .8rem; color: var(--soft); }
svg.sequence { font: 12px system-ui, sans-serif; fill: var(--ink); }
.sequence .party { font-weight: 600; font-size: 14px; text-anchor: middle; } .sequence .life { stroke: var(--line); stroke-width: 2; }
.sequence .time { fill: var(--soft); font-variant-numeric: tabular-nums; } .sequence .label { text-anchor: middle; }
.sequence .arrow { fill: var(--plain); } .sequence .arrow line { stroke: var(--plain); stroke-width: 1.6; } .sequence .arrow text { fill: var(--ink); }
.sequence .answered { stroke-dasharray: 5 4; } .sequence .arrow.bad { fill: var(--bad); } .sequence .arrow.bad line { stroke: var(--bad); } .sequence .arrow.bad text { fill: var(--bad); }
.sequence a:hover .arrow text { text-decoration: underline; }
.sequence .note { fill: var(--paper); stroke: var(--line); } .sequence .remark { text-anchor: middle; font-size: 11.5px; }
@media print { details.run { break-inside: avoid; } }
`;
