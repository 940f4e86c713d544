/** The looks of the page, for light and dark screens and for paper. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6676; --paper: #ffffff; --panel: #f4f6f9; --line: #d5dbe3;
  --get: #1f5f99; --post: #1a7f4b; --put: #8a5a00; --delete: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --soft: #9aa6b5; --paper: #12161c; --panel: #1b212a; --line: #313a46;
  --get: #86b6e8; --post: #4cc38a; --put: #e0b060; --delete: #ff8a7d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 74rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; margin: 0 0 .6rem; } h2 { margin: 2.2rem 0 .4rem; font-size: 1.2rem; } h4 { margin: 1rem 0 .3rem; font-size: .95rem; }
a { color: inherit; } code, pre { font: 12.5px/1.45 ui-monospace, monospace; }
p { margin: .4rem 0; max-width: 60rem; }
table { border-collapse: collapse; font-size: 14px; } td code, .path { overflow-wrap: anywhere; }
th, td { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; } em, .soft, .step { color: var(--soft); }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; margin: .8rem 0 0; padding: 0; }
summary { cursor: pointer; }
.operation { border: 1px solid var(--line); border-radius: 8px; padding: .45rem .9rem; margin: .45rem 0; }
.operation > summary .summary { color: var(--soft); margin-left: .4rem; }
.method { display: inline-block; min-width: 4.2rem; text-align: center; padding: 0 .4rem; border-radius: 1rem; border: 1px solid currentColor; font-size: 12px; font-weight: 600; }
.get { color: var(--get); } .post { color: var(--post); } .put, .patch { color: var(--put); } .delete { color: var(--delete); }
.status { font: 12px ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; padding: 0 .3rem; }
.types { margin: .8rem 0; } .types > summary { color: var(--soft); } .type { border-top: 1px solid var(--line); padding: .25rem 0 .25rem 1rem; }
.example { border-top: 1px solid var(--line); padding: .25rem 0; }
pre { background: var(--panel); padding: .7rem; border-radius: 6px; overflow-x: auto; margin: .4rem 0; max-height: 30rem; }
pre.request { border-left: 3px solid var(--get); }
.scroll { overflow-x: auto; }
.walk li { padding: .1rem 0; } .walk .method { min-width: 3.6rem; }
.fields { display: grid; grid-template-columns: max-content minmax(10rem, 26rem); gap: .3rem .8rem; align-items: center; }
input, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: .2rem .5rem; }
button { cursor: pointer; margin: .5rem 0; } :focus-visible { outline: 2px solid var(--get); outline-offset: 2px; }
[hidden] { display: none; }
@media print { nav, .search, form.try { display: none; } .operation { break-inside: avoid; } pre { max-height: none; white-space: pre-wrap; } }
`;
