/** Breaches -> findings: one for each root cause, the likeliest first, each with the least that shows it. */
import { createHash } from 'node:crypto';
import type { Level, VerificationFinding } from '../records/verification.ts';
import { curlOf } from './curl.ts';
import type { Breach, Rule } from './rule.ts';

/** Says that a finding is known, and until when that is accepted. */
export interface Waiver {
  /** The id of a finding, or of a rule. */
  readonly finding: string;
  readonly reason: string;
  /** The last day on which it holds, such as `2026-12-31`. */
  readonly until: string;
}

export interface RuleBreaches {
  readonly rule: Rule;
  readonly breaches: readonly Breach[];
}

interface Cluster {
  readonly rule: Rule;
  readonly rank: number;
  readonly finding: VerificationFinding;
  readonly about: ReadonlySet<string>;
}

const levelRank: { readonly [level in Level]: number } = { MUST: 0, SHOULD: 1, MAY: 2 };

/**
 * @param options.origin scheme and host of the vendor, for commands that repeat a request.
 * @param options.on the day on which waivers are looked at.
 */
export function findingsOf(
  found: readonly RuleBreaches[],
  options: { origin: string; waivers: readonly Waiver[]; on: string },
): VerificationFinding[] {
  const clusters = found.flatMap(({ rule, breaches }, rank) => clustersOf(rule, rank, breaches, options.origin));
  const explained = clusters.map((cluster) => ({ ...cluster, finding: withCause(cluster, clusters) }));
  return explained
    .toSorted(
      (one, other) =>
        Number(one.finding.explainedBy !== undefined) - Number(other.finding.explainedBy !== undefined) ||
        levelRank[one.rule.level] - levelRank[other.rule.level] ||
        one.rank - other.rank ||
        other.finding.count - one.finding.count ||
        (one.finding.id < other.finding.id ? -1 : 1),
    )
    .map(({ finding }) => waived(finding, options));
}

function clustersOf(rule: Rule, rank: number, breaches: readonly Breach[], origin: string): Cluster[] {
  const groups = Map.groupBy(breaches, ({ path, valueClass }) => `${path}\n${valueClass}`);
  return [...groups].flatMap(([key, members]) => {
    const [first] = members.toSorted((one, other) => one.evidence.length - other.evidence.length);
    if (first === undefined) return [];
    const orders = new Set(members.flatMap(({ order }) => order ?? []));
    const exchanges = members.flatMap(({ evidence }) => evidence.map(({ exchange }) => exchange.id));
    const evidence = first.evidence.map(({ exchange }) => exchange).toSorted((a, b) => a.sentOrder - b.sentOrder);
    const finding: VerificationFinding = {
      id: `${rule.id}-${digestOf(key)}`,
      rule: rule.id,
      level: rule.level,
      path: first.path,
      valueClass: first.valueClass,
      message: first.message,
      count: members.length,
      orders: orders.size,
      evidence: [...new Set(evidence.map(({ id }) => id))],
      curl: evidence.filter(({ from }) => from === 'verifier').map((exchange) => curlOf(exchange, origin)),
    };
    return [{ rule, rank, finding, about: new Set([...orders, ...exchanges]) }];
  });
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

/** A breach on an order that another has disturbed, or of a rule that comes after another, is likely to be its consequence. */
function withCause({ rule, finding, about }: Cluster, clusters: readonly Cluster[]): VerificationFinding {
  const cause = clusters.find(
    (other) =>
      other.rule !== rule &&
      (other.rule.disturbs === true ? rule.disturbs !== true : rule.after?.includes(other.rule.id)) &&
      [...other.about].some((thing) => about.has(thing)),
  );
  return cause === undefined ? finding : { ...finding, explainedBy: cause.finding.id };
}

function waived(
  finding: VerificationFinding,
  { waivers, on }: { waivers: readonly Waiver[]; on: string },
): VerificationFinding {
  const waiver = waivers.find(
    (each) => (each.finding === finding.id || each.finding === finding.rule) && on <= each.until,
  );
  return waiver === undefined ? finding : { ...finding, waiver: { reason: waiver.reason, until: waiver.until } };
}
