/** A verification as one HTML page that needs nothing else: what is wrong first, then all that was looked at. */
import type { OfferRecord, VerificationRecord } from '../../contracts/records/verification.ts';
import { escaped } from '../markup.ts';
import { plural } from '../story.ts';
import { type OrderTrace, orderTraces } from './order-traces.ts';
import { traceDiagram } from './page/diagram.ts';
import { exchangeMarkup } from './page/exchange.ts';
import { findingCards } from './page/findings.ts';
import { proportions, ruleMap, ruleTable } from './page/rules.ts';
import { style } from './page/style.ts';
import { effortText, headline, leftOutTexts, numberOf } from './standing.ts';

/** How many pictures a page has, and how many of them are seen without a click. */
const most = { pictures: 20, open: 3 } as const;

export function verificationHtml(record: VerificationRecord): string {
  const traces = orderTraces(record);
  const shown = traces.slice(0, most.pictures);
  const anchors = new Map(shown.map(({ order }, index) => [order, `order-${index + 1}`]));
  const title = `${record.verdict}: ${headline(record)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${title} · ${record.target}`)}</title>
<style>${style}</style>
</head>
<body>
${pageHead(record)}
<main>
<section id="findings">
<h2>Findings <span class="soft">${record.findings.length === 0 ? 'none' : 'the likeliest root cause first'}</span></h2>
${findingCards(record, anchors)}
</section>
<section id="rules">
<h2>Rules <span class="soft">${record.rules.length}, by theme</span></h2>
<div class="scroll">${ruleTable(record)}</div>
${leftOutTexts(record.leftOut)
  .map((text) => `<p class="soft">Not tried: ${escaped(text)}.</p>`)
  .join('\n')}
</section>
<section id="offers">
<h2>What the vendor offers</h2>
${offerTable(record.offers)}
</section>
${orderSection(record, shown, traces.length - shown.length)}
</main>
<footer>Southbound ${escaped(record.version)} · seed ${escaped(record.seed)} · the whole trace is in the JSON report</footer>
</body>
</html>
`;
}

function pageHead(record: VerificationRecord): string {
  const { verdict, target, seed, startedAt, endedAt, version, statement } = record;
  const facts = [
    ['Endpoint', `<code>${escaped(target)}</code>`],
    ...(statement.vendor === undefined ? [] : [['Vendor', escaped(statement.vendor)]]),
    ['Seed', `<code>${escaped(seed)}</code>`],
    ['Effort', escaped(effortText(record))],
    ['When', `${escaped(timeText(startedAt))} to ${escaped(timeText(endedAt))}`],
    ['Verifier', `Southbound ${escaped(version)}`],
  ];
  return `<header class="page">
<div class="banner ${verdict}"><span class="word">${verdict}</span><div><h1>${escaped(headline(record))}</h1><p>TMF641 Service Ordering at ${escaped(target)}</p></div></div>
${proportions(record)}
${ruleMap(record)}
<dl class="facts">${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl>
</header>`;
}

/** `2026-11-20 09:00:00`, in UTC; what is no instant stays as it is. */
function timeText(instant: string): string {
  return instant.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC');
}

function offerTable(offers: readonly OfferRecord[]): string {
  const rows = offers.map(
    ({ capability, offered, known, because }) =>
      `<tr><td><code>${escaped(capability)}</code></td><td><span class="offer ${offered}">${offered}</span></td><td>${known}</td><td>${escaped(because)}</td></tr>`,
  );
  return `<div class="scroll"><table class="offers"><thead><tr><th>Capability</th><th>Offered</th><th>Known by</th><th>Because</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function orderSection(record: VerificationRecord, traces: readonly OrderTrace[], further: number): string {
  if (traces.length === 0) return '';
  const rest =
    further === 0
      ? ''
      : `<p class="soft">${plural(further, 'order')} more that findings are about: see the JSON report.</p>`;
  return `<section id="orders">
<h2>What happened <span class="soft">to each order that a finding is about</span></h2>
${traces.map((trace, index) => orderPicture(record, trace, index + 1)).join('\n')}
${rest}
</section>`;
}

function orderPicture(record: VerificationRecord, trace: OrderTrace, place: number): string {
  const anchor = (exchangeId: string) => `o${place}-${exchangeId}`;
  const links = trace.findings.map(({ id, rule }) => {
    const number = numberOf(record, id);
    return `<a class="number" href="#finding-${number}" title="${escaped(rule)}">${number}</a>`;
  });
  const exchanges = trace.steps.flatMap((step) => (step.kind === 'exchange' ? [step.exchange] : []));
  const left = trace.leftOut === 0 ? '' : `, ${plural(trace.leftOut, 'exchange')} left out that brought the least news`;
  return `<details class="order" id="order-${place}"${place <= most.open ? ' open' : ''}>
<summary>Order <code>${escaped(trace.order)}</code> <span class="soft">shows</span> ${links.join(' ')} <span class="soft">${plural(exchanges.length, 'exchange')}${left}</span></summary>
<div class="scroll">${traceDiagram(record, trace, anchor)}</div>
<details class="messages"><summary>Every word of ${plural(exchanges.length, 'exchange')}</summary>
${exchanges.map((exchange) => exchangeMarkup(record, exchange, anchor(exchange.id))).join('\n')}
</details>
</details>`;
}
