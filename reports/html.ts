/** Runs as one HTML page that needs nothing else: verdicts, order trees, sequence diagrams and every message. */
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import type { OrderRecord, RunFinding, RunRecord } from '../contracts/records/run.ts';
import { treeOf } from './markdown.ts';
import { escaped } from './markup.ts';
import { sequenceDiagram } from './sequence-diagram.ts';
import { exchangeTitle, plural, sinceStart, weatherText } from './story.ts';
import { style } from './style.ts';
import { countOf, realSystemsText } from './verdicts.ts';

export function htmlReport(runs: readonly RunRecord[]): string {
  const [failed, skipped] = [countOf(runs, 'failed'), countOf(runs, 'not applicable')];
  const run = plural(runs.length - skipped, 'scenario');
  const title = `${failed === 0 ? `${run} passed` : `${failed} of ${run} failed`}${skipped === 0 ? '' : `, ${skipped} not applicable`}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Southbound: ${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Southbound <span class="verdict ${failed === 0 ? 'passed' : 'failed'}">${escaped(title)}</span></h1>
${summaryTable(runs)}
</header>
<main>
${runs.map((run, index) => runSection(run, index, runs.length === 1)).join('\n')}
</main>
</body>
</html>
`;
}

function summaryTable(runs: readonly RunRecord[]): string {
  const rows = runs.map(
    ({ scenario, verdict, seed, digest, startedAt, endedAt }, index) =>
      `<tr><td><span class="verdict ${verdict === 'not applicable' ? 'plain' : verdict}">${verdict}</span></td><td><a href="#run${index}">${escaped(scenario)}</a></td><td>${escaped(seed)}</td><td>${sinceStart(Date.parse(endedAt), Date.parse(startedAt)).slice(1)}</td><td><code title="${digest}">${digest.slice(0, 12)}</code></td></tr>`,
  );
  return `<table class="summary"><thead><tr><th>Verdict</th><th>Scenario</th><th>Seed</th><th>Time in the story</th><th>Digest</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function runSection(run: RunRecord, index: number, only: boolean): string {
  if (run.verdict === 'not applicable') return notApplicable(run, index);
  const open = only || run.verdict === 'failed' ? ' open' : '';
  const anchor = (exchangeId: string) => `run${index}-${exchangeId}`;
  return `<details class="run" id="run${index}"${open}>
<summary><span class="verdict ${run.verdict}">${run.verdict}</span> ${escaped(run.scenario)}</summary>
${run.about === undefined ? '' : `<p class="about">${escaped(run.about)}</p>`}
<p class="facts">${escaped(run.file)} · seed ${escaped(run.seed)}${run.weather === undefined ? '' : ` · ${escaped(weatherText(run.weather))}`} · ${run.transport}${run.realSystems === undefined ? '' : `, with ${escaped(realSystemsText(run))}`} · digest <code>${run.digest}</code></p>
${findingList(run.findings)}
${run.orders.map(orderSection).join('\n')}
<h3>What was said, and when</h3>
<div class="scroll">${sequenceDiagram(run, anchor)}</div>
<h3>Messages</h3>
${run.journal.flatMap((record) => (record.kind === 'exchange' ? [message(record, anchor(record.id), Date.parse(run.startedAt))] : [])).join('\n')}
</details>`;
}

function notApplicable({ scenario, verdict, file, reasons = [] }: RunRecord, index: number): string {
  return `<details class="run" id="run${index}">
<summary><span class="verdict plain">${verdict}</span> ${escaped(scenario)}</summary>
<p class="facts">${escaped(file)}</p>
<ul>${reasons.map((reason) => `<li>${escaped(reason)}</li>`).join('')}</ul>
</details>`;
}

function findingList(findings: readonly RunFinding[]): string {
  if (findings.length === 0) return '';
  const items = findings.map(({ check, message: text, pointer }) => {
    const where = pointer === undefined ? '' : ` <code>${escaped(pointer)}</code>`;
    return `<li><b>${check}</b>${where}<pre>${escaped(text)}</pre></li>`;
  });
  return `<h3>Findings</h3><ul class="findings">${items.join('')}</ul>`;
}

function orderSection(order: OrderRecord): string {
  return `<h3>${order.number} ${pill(order.state)}</h3>
<div class="order">
<ul class="tree">${order.lines.map((line) => lineTree(order, line)).join('')}</ul>
${outboundTable(order)}
</div>
${falloutList(order)}
${notes(order)}`;
}

function lineTree(order: OrderRecord, line: OrderRecord['lines'][number]): string {
  const rows = treeOf(order)
    .filter(({ domainOrder }) => domainOrder.line === line.id)
    .map(
      ({ domainOrder: { number, specification, state }, depth }) =>
        `<li class="depth${Math.min(depth, 6) + 1}">${number} <span class="spec">${escaped(specification)}</span> ${pill(state)}</li>`,
    );
  return `<li>${line.number} <span class="spec">${escaped(line.specification)}</span> ${pill(line.state)}</li>${rows.join('')}`;
}

function outboundTable({ outboundRequests, domainOrders }: OrderRecord): string {
  if (outboundRequests.length === 0) return '';
  const numberOf = new Map(domainOrders.map(({ id, number }) => [id, number]));
  const rows = outboundRequests.map(
    ({ number, state, serviceOrder, requestId, attempts, target }) =>
      `<tr><td>${number}</td><td>${pill(state)}</td><td>${numberOf.get(serviceOrder) ?? ''}</td><td>${escaped(target)}</td><td>${attempts}</td><td><code title="${requestId}">${requestId.slice(-8)}</code></td></tr>`,
  );
  return `<table><thead><tr><th>Outbound request</th><th>State</th><th>For</th><th>Target</th><th>Attempts</th><th>Request ID</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function falloutList({ fallouts }: OrderRecord): string {
  if (fallouts.length === 0) return '';
  const items = fallouts.map(
    ({ number, type, state, description }) =>
      `<li>${number} ${escaped(type)} ${pill(state)} ${escaped(description)}</li>`,
  );
  return `<h4>Fallouts</h4><ul>${items.join('')}</ul>`;
}

function notes({ workNotes }: OrderRecord): string {
  const items = workNotes.map(
    ({ at, text }) => `<tr><td class="when">${at.replace('T', ' ').slice(0, 19)}</td><td>${escaped(text)}</td></tr>`,
  );
  return `<details class="notes"><summary>${plural(workNotes.length, 'work note')}</summary><table>${items.join('')}</table></details>`;
}

function message(exchange: ExchangeRecord, id: string, start: number): string {
  const { request, outcome } = exchange;
  const { tone, text } = exchangeTitle(exchange);
  const answer =
    'status' in outcome ? part(`${outcome.status}`, outcome.headers, outcome.body?.text) : `<p>${outcome.kind}</p>`;
  return `<details class="message ${tone}" id="${id}">
<summary><span class="when">${sinceStart(exchange.sentAt, start)}</span> ${escaped(text)}</summary>
<div class="pair">${part(`${request.method} ${request.path}`, request.headers, request.body?.text)}${answer}</div>
</details>`;
}

function part(title: string, headers: { readonly [name: string]: string }, body: string | undefined): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text = [title, ...lines, '', body === undefined ? '(no body)' : pretty(body)].join('\n');
  return `<pre>${escaped(text)}</pre>`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function pill(state: string): string {
  return `<span class="pill ${toneOf(state)}">${escaped(state.replaceAll('_', ' '))}</span>`;
}

const good = new Set(['completed', 'closed_complete', 'fulfilled', 'resolved']);
const bad = new Set(['on_hold', 'error', 'failed', 'open', 'rejected', 'canceled']);

function toneOf(state: string): string {
  if (good.has(state)) return 'good';
  return bad.has(state) ? 'bad' : 'plain';
}
