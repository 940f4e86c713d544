/** Rules as pictures: a map of all of them by theme, and below it the table that says why. */
import type { VerificationRecord } from '../../../contracts/records/verification.ts';
import { escaped } from '../../markup.ts';
import { countOf, type JudgedRule, judgedRules, numberOf, type Standing, standings, themesOf } from '../standing.ts';
import { badge } from './findings.ts';

/** Told apart by their shape as well as by their colour. */
const signs: { readonly [standing in Standing]: string } = {
  broken: '✗',
  noted: '!',
  waived: '~',
  kept: '✓',
  inconclusive: '?',
  'not applicable': '–',
};

/** How wide each standing is in proportion. */
export function proportions(record: VerificationRecord): string {
  const rules = judgedRules(record);
  const parts = (['MUST', 'SHOULD'] as const)
    .map((level) => ({
      kind: `broken ${level.toLowerCase()}`,
      count: countOf(rules, 'broken', level),
      label: `${level} broken`,
    }))
    .concat(
      standings
        .slice(1)
        .map((standing) => ({ kind: className(standing), count: countOf(rules, standing), label: standing })),
    )
    .filter(({ count }) => count > 0);
  const bars = parts.map(
    ({ kind, count, label }) => `<i class="${kind}" style="flex:${count}" title="${count} ${label}"></i>`,
  );
  const legend = parts.map(({ kind, count, label }) => `<li class="${kind}"><b>${count}</b> ${label}</li>`);
  return `<div class="bar">${bars.join('')}</div>
<ul class="legend">${legend.join('')}</ul>`;
}

/** Every rule as a chip that leads to its row. */
export function ruleMap(record: VerificationRecord): string {
  const rows = themesOf(record).map(
    ({ theme, rules }) => `<tr><th>${escaped(theme)}</th><td>${rules.map(chip).join('')}</td></tr>`,
  );
  return `<table class="map"><tbody>${rows.join('')}</tbody></table>`;
}

function chip({ rule, standing }: JudgedRule): string {
  const title = `${rule.level} ${standing}: ${rule.title}${rule.reason === undefined ? '' : ` (${rule.reason})`}`;
  return `<a class="chip ${classesOf(rule.level, standing)}" href="#rule-${escaped(rule.id)}" title="${escaped(title)}"><b>${signs[standing]}</b>${escaped(rule.id)}</a>`;
}

export function ruleTable(record: VerificationRecord): string {
  const bodies = themesOf(record).map(
    ({ theme, rules }) =>
      `<tbody><tr class="theme"><th colspan="4">${escaped(theme)} <span class="soft">${tally(rules)}</span></th></tr>${rules.map((each) => row(record, each)).join('')}</tbody>`,
  );
  return `<table class="rules"><thead><tr><th>Rule</th><th>Law</th><th>Standing</th><th class="count">Seen kept</th></tr></thead>${bodies.join('')}</table>`;
}

function tally(rules: readonly JudgedRule[]): string {
  return standings
    .map((standing) => [countOf(rules, standing), standing] as const)
    .filter(([count]) => count > 0)
    .map((each) => each.join(' '))
    .join(' · ');
}

function row(record: VerificationRecord, { rule, standing, findings }: JudgedRule): string {
  const links = findings.map(({ id, message }) => {
    const number = numberOf(record, id);
    return `<a class="number" href="#finding-${number}" title="${escaped(message)}">${number}</a>`;
  });
  const judged = standing !== 'inconclusive' && standing !== 'not applicable';
  const why = rule.reason === undefined ? '' : `<div class="soft">${escaped(rule.reason)}</div>`;
  return `<tr id="rule-${escaped(rule.id)}"><td><code>${escaped(rule.id)}</code><br>${badge(rule.level)}</td><td>${escaped(rule.title)}<div class="soft">${escaped(rule.clause)}</div></td><td><span class="chip ${classesOf(rule.level, standing)}"><b>${signs[standing]}</b>${standing}</span> ${links.join(' ')}${why}</td><td class="count">${judged ? rule.kept : '–'}</td></tr>`;
}

function classesOf(level: string, standing: Standing): string {
  return standing === 'broken' ? `broken ${level.toLowerCase()}` : className(standing);
}

function className(standing: Standing): string {
  return standing.replaceAll(' ', '-');
}
