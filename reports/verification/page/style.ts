/** The looks of a verification's page, for light and dark screens and for paper. */
export const style = `
:root { color-scheme: light dark; --ink: #17202c; --soft: #5d6878; --paper: #ffffff; --panel: #f5f7fa; --line: #dce2ea; --link: #2f5f96;
  --must: #c0271b; --should: #b4590a; --may: #2f6fb0; --waived: #7446b3; --kept: #17784a; --open: #66758a; --on: #ffffff; --mark: #ffe9a8; --band: #fff3f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --soft: #9aa7b8; --paper: #10141a; --panel: #181e26; --line: #2c3542; --link: #8dbcf0;
  --must: #ff8378; --should: #f5b056; --may: #7fb4f0; --waived: #bd9cf0; --kept: #4fc98f; --open: #8795a8; --on: #10141a; --mark: #5a4712; --band: #2a1d1e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
code, pre { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; unicode-bidi: isolate; } pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
h1, h2, h3, h4, p, dl, dd, ul, figure { margin: 0; } ul { padding: 0; list-style: none; }
h2 { font-size: 1.3rem; margin: 2.6rem 0 .9rem; } h4 { font-size: .8rem; color: var(--soft); font-weight: 600; margin: 1rem 0 .3rem; }
.soft { color: var(--soft); font-weight: 400; } h2 .soft { font-size: .95rem; margin-left: .4rem; } summary { cursor: pointer; } .scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; } th, td { text-align: left; vertical-align: top; padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; font-size: 12.5px; }

.banner { display: flex; gap: 1.4rem; align-items: center; padding: 1.2rem 1.6rem; border-radius: 12px; color: #ffffff; background: #56647a; }
.banner.pass { background: #17784a; } .banner.fail { background: #b8261b; }
.banner .word { font-size: 2.1rem; font-weight: 800; text-transform: uppercase; line-height: 1.1; } .banner h1 { font-size: 1.3rem; } .banner p { opacity: .88; overflow-wrap: anywhere; }
.bar { display: flex; gap: 3px; height: 14px; margin: 1.1rem 0 .5rem; } .bar i { background: var(--open); border-radius: 3px; min-width: 6px; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; font-size: 14px; color: var(--soft); } .legend b { color: var(--ink); font-size: 1.05rem; }
.legend li::before { content: ''; display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: .45rem; background: var(--open); }
.bar .must, .legend .must::before { background: var(--must); } .bar .should, .legend .should::before { background: var(--should); } .bar .noted, .legend .noted::before { background: var(--may); }
.bar .waived, .legend .waived::before { background: var(--waived); } .bar .kept, .legend .kept::before { background: var(--kept); }
.bar .not-applicable, .legend .not-applicable::before { background: var(--line); }
table.map { width: 100%; margin-top: 1.1rem; } table.map th { width: 1%; white-space: nowrap; font-weight: 600; padding: .6rem 1rem .3rem 0; } table.map td { padding: .45rem 0 .2rem; }
.chip { display: inline-block; margin: 0 .35rem .3rem 0; padding: .05rem .6rem; border: 1px solid var(--line); border-radius: 6px; font-size: 13px; color: var(--ink); white-space: nowrap; }
.chip b { margin-right: .4rem; } .chip.kept b { color: var(--kept); } .chip.broken { color: var(--on); border-color: transparent; background: var(--must); font-weight: 600; } .chip.broken.should { background: var(--should); }
.chip.noted { border-color: var(--may); } .chip.noted b { color: var(--may); } .chip.waived { border-color: var(--waived); } .chip.waived b { color: var(--waived); }
.chip.inconclusive { border: 1px dashed var(--open); } .chip.not-applicable { color: var(--soft); border-color: transparent; background: var(--panel); }
dl.facts { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin-top: 1.1rem; } dl.facts dt { font-size: 12px; color: var(--soft); } dl.facts dd { overflow-wrap: anywhere; }

.level { display: inline-block; padding: 0 .5rem; border-radius: 4px; font-size: 11.5px; font-weight: 700; line-height: 1.6; color: var(--on); background: var(--must); }
.level.should { background: var(--should); } .level.may { background: var(--may); } .level.waived { background: var(--waived); }
table.rules .level { color: var(--soft); background: none; padding: 0; font-weight: 600; }
.number { display: inline-block; min-width: 1.5rem; padding: 0 .4rem; border-radius: 1rem; text-align: center; font-size: 12.5px; font-weight: 700; line-height: 1.5rem; color: var(--paper); background: var(--ink); }
.finding { margin: 0 0 1.1rem; padding: 1.1rem 1.4rem 1.2rem; border: 1px solid var(--line); border-left: 6px solid var(--must); border-radius: 10px; }
.finding.should { border-left-color: var(--should); } .finding.may { border-left-color: var(--may); } .finding.waived { border-left-color: var(--waived); }
.finding > header { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; } .finding .rule { font-weight: 600; } .finding .id { margin-left: auto; color: var(--soft); }
.finding h3 { font-size: 1.12rem; line-height: 1.4; margin: .6rem 0 .7rem; overflow-wrap: anywhere; }
.finding dl { display: grid; grid-template-columns: 7rem 1fr; gap: .3rem .8rem; } .finding dt { color: var(--soft); font-size: 13.5px; } .finding dd { overflow-wrap: anywhere; } .remedy { font-weight: 600; }
.waiver { margin: 0 0 .8rem; padding: .5rem .9rem; border-radius: 6px; background: var(--panel); border-left: 3px solid var(--waived); }
.path { padding: .1rem .4rem; border-radius: 4px; background: var(--panel); margin-right: .4rem; }
.evidence { border-bottom: 1px solid var(--line); } .exchange { border-top: 1px solid var(--line); }
.exchange > summary { display: grid; grid-template-columns: 1rem 5.6rem 9.5rem minmax(10rem, 1fr) 14rem 4.4rem; gap: .2rem .6rem; align-items: baseline; padding: .35rem .2rem; list-style: none; }
.exchange > summary::-webkit-details-marker { display: none; } .exchange > summary::before { content: '▸'; color: var(--soft); } .exchange[open] > summary::before { content: '▾'; } .exchange > summary:hover { background: var(--panel); }
.when, .took { color: var(--soft); font-variant-numeric: tabular-nums; font-size: 13px; } .took { text-align: right; } .way { font-size: 13px; color: var(--soft); } .way b { color: var(--may); } .vendor .way b { color: var(--waived); }
.asked, .exchange .answered { overflow-wrap: anywhere; } .exchange .answered { font-size: 13.5px; font-weight: 600; } .exchange.bad .answered { color: var(--must); }
.exchange .about { color: var(--soft); font-size: 13px; padding: .1rem .2rem .3rem 1.6rem; }
.pair { display: flex; flex-wrap: wrap; gap: .8rem; align-items: flex-start; padding: 0 0 .9rem 1.6rem; } .pair figure { flex: 1 1 24rem; min-width: 0; } .pair figure.empty { flex: 0 1 20rem; } .pair figure { background: var(--panel); border-radius: 8px; padding: .6rem .9rem .8rem; }
figcaption { font-weight: 600; font-size: 13px; margin-bottom: .4rem; overflow-wrap: anywhere; } .headers { color: var(--soft); } pre i { color: var(--soft); }
mark { color: inherit; background: var(--mark); box-shadow: 0 0 0 2px var(--mark); border-radius: 2px; font-weight: 700; }
.curl { margin-top: .8rem; } .curl summary, .messages > summary { color: var(--link); font-size: 14px; } .curl pre { margin-top: .4rem; padding: .6rem .9rem; border-radius: 8px; background: var(--panel); user-select: all; }

table.rules, table.offers { width: 100%; } table.rules td:first-child { white-space: nowrap; } table.rules td:nth-child(2) { width: 48%; } table.rules .soft { font-size: 13px; } .theme th { padding-top: 1.3rem; font-size: 1.02rem; } .count { text-align: right; padding-right: .2rem; font-variant-numeric: tabular-nums; }
tr:target, .finding:target, .exchange:target { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 6px; }
.offer { font-weight: 600; } .offer.yes { color: var(--kept); } .offer.no, .offer.unknown { color: var(--soft); }
.order { margin-bottom: 1rem; border: 1px solid var(--line); border-radius: 10px; padding: .8rem 1.2rem; } .order > summary { font-weight: 600; } .order .scroll { margin: .8rem 0 .5rem; border-radius: 8px; background: var(--panel); }
svg.trace { display: block; margin: 0 auto; font: 12.5px system-ui, sans-serif; fill: var(--ink); } .trace .party { font-weight: 700; font-size: 14px; text-anchor: middle; } .trace .heard { fill: var(--soft); font-size: 12px; }
.trace .life { stroke: var(--line); stroke-width: 2; } .trace .time { fill: var(--soft); font-variant-numeric: tabular-nums; font-size: 11.5px; } .trace .label, .trace .gap { text-anchor: middle; } .trace .gap { fill: var(--soft); font-style: italic; }
.trace .arrow line { stroke: var(--link); stroke-width: 1.6; } .trace .arrow polygon { fill: var(--link); } .trace .arrow .answered { stroke-dasharray: 5 4; } .trace a:hover .label { text-decoration: underline; }
.trace .bad line { stroke: var(--must); } .trace .bad polygon, .trace .bad text { fill: var(--must); } .trace .band { fill: var(--band); } .trace .shown line { stroke-width: 2.6; } .trace .shown .label { font-weight: 700; }
.trace .mark { fill: var(--ink); } .trace .number { fill: var(--paper); text-anchor: middle; font-size: 11.5px; font-weight: 700; }
.trace .state rect { fill: var(--open); } .trace .state .pill { fill: var(--paper); stroke: var(--open); } .trace .good rect { fill: var(--kept); } .trace .good .pill { stroke: var(--kept); fill: var(--paper); } .trace .state text { font-weight: 600; } .trace .good text { fill: var(--kept); } .trace .state.bad text { fill: var(--must); }
.trace .state.bad rect { fill: var(--must); } .trace .state.bad .pill { stroke: var(--must); fill: var(--paper); }
footer { margin-top: 3rem; color: var(--soft); font-size: 13px; }
@media (max-width: 46rem) { .exchange > summary { display: flex; flex-wrap: wrap; } .exchange .asked { flex-basis: 100%; } .finding dl { grid-template-columns: 1fr; } .finding .id { margin-left: 0; } }
@media print { .finding, .order { break-inside: avoid; } }
`;
