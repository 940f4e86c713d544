/** Findings as cards: what is wrong, where, how often, what to do, and everything that shows it. */
import type { VerificationFinding, VerificationRecord } from '../../../contracts/records/verification.ts';
import { escaped } from '../../markup.ts';
import { evidenceOf, pointerOf } from '../evidence.ts';
import { ordersOf } from '../order-traces.ts';
import { frequencyText, numberOf, ruleOf } from '../standing.ts';
import { exchangeMarkup } from './exchange.ts';

/** @param orderAnchors where in the page the picture of each order is. */
export function findingCards(record: VerificationRecord, orderAnchors: ReadonlyMap<string, string>): string {
  return record.findings.map((finding) => card(record, finding, orderAnchors)).join('\n');
}

export function badge(level: VerificationFinding['level']): string {
  return `<span class="level ${level.toLowerCase()}">${level}</span>`;
}

function card(
  record: VerificationRecord,
  finding: VerificationFinding,
  orderAnchors: ReadonlyMap<string, string>,
): string {
  const number = numberOf(record, finding.id);
  const rule = ruleOf(record, finding);
  const facts = [
    ['Where', `${pathMarkup(finding.path)} <span class="soft">${escaped(finding.valueClass)}</span>`],
    ['How often', escaped(frequencyText(finding))],
    ['The law', `${escaped(rule?.title ?? '')} <span class="soft">${escaped(rule?.clause ?? '')}</span>`],
    ['What to do', `<span class="remedy">${escaped(rule?.remedy ?? '')}</span>`],
    ...cause(record, finding),
    ...pictures(record, finding, orderAnchors),
  ];
  return `<article class="finding ${finding.waiver === undefined ? finding.level.toLowerCase() : 'waived'}" id="finding-${number}">
<header><a class="number" href="#finding-${number}">${number}</a>${badge(finding.level)}<a class="rule" href="#rule-${escaped(finding.rule)}">${escaped(finding.rule)}</a>${finding.waiver === undefined ? '' : '<span class="level waived">waived</span>'}<code class="id">${escaped(finding.id)}</code></header>
<h3>${escaped(finding.message)}</h3>
${waiverBox(finding)}<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>
${evidence(record, finding, number)}
${commands(finding)}
</article>`;
}

/** `GET /serviceOrder/{id} 200 /state`: what was asked, what was answered, and where in it. */
function pathMarkup(path: string): string {
  return `<code class="path">${escaped(path)}</code>`;
}

function cause(record: VerificationRecord, { explainedBy }: VerificationFinding): [string, string][] {
  if (explainedBy === undefined) return [];
  const number = numberOf(record, explainedBy);
  const link =
    number === 0
      ? escaped(explainedBy)
      : `<a href="#finding-${number}">${number} ${escaped(record.findings[number - 1]?.rule ?? '')}</a>`;
  return [['Likely cause', `${link} <span class="soft">mend that first, and this may be gone</span>`]];
}

function pictures(
  record: VerificationRecord,
  finding: VerificationFinding,
  orderAnchors: ReadonlyMap<string, string>,
): [string, string][] {
  const orders = new Set(evidenceOf(record, finding).flatMap((each) => ordersOf(each, record.trace)));
  const links = [...orders].flatMap((order) => {
    const anchor = orderAnchors.get(order);
    return anchor === undefined ? [] : [`<a href="#${anchor}">order ${escaped(order)}</a>`];
  });
  return links.length === 0 ? [] : [['Picture', links.join(', ')]];
}

function waiverBox({ waiver }: VerificationFinding): string {
  return waiver === undefined
    ? ''
    : `<p class="waiver"><b>Waived until ${escaped(waiver.until)}:</b> ${escaped(waiver.reason)}</p>\n`;
}

function evidence(record: VerificationRecord, finding: VerificationFinding, number: number): string {
  const exchanges = evidenceOf(record, finding);
  const known = new Set(exchanges.map(({ id }) => id));
  const missing = finding.evidence.filter((id) => !known.has(id));
  const pointer = pointerOf(finding);
  const list = exchanges.map((exchange) => exchangeMarkup(record, exchange, `f${number}-${exchange.id}`, pointer));
  const lost = missing.length === 0 ? '' : `<p class="soft">Not in the trace: ${escaped(missing.join(', '))}</p>`;
  return list.length + missing.length === 0
    ? ''
    : `<h4>What shows it</h4><div class="evidence">${list.join('\n')}${lost}</div>`;
}

function commands({ curl }: VerificationFinding): string {
  if (curl.length === 0) return '';
  return `<details class="curl"><summary>Try it with curl</summary>${curl.map((each) => `<pre>${escaped(each)}</pre>`).join('')}</details>`;
}
