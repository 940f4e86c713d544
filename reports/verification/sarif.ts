/** A verification as SARIF 2.1.0 (OASIS), for code scanning and result management: every rule, and every finding. */
import type { RecordedBody } from '../../contracts/records/exchange.ts';
import type { TracedExchange } from '../../contracts/records/trace.ts';
import type { Level, VerificationFinding, VerificationRecord } from '../../contracts/records/verification.ts';
import { evidenceOf, since, told } from './evidence.ts';
import { type JudgedRule, judgedRules } from './standing.ts';

type Json = { readonly [name: string]: unknown };

const levels: { readonly [level in Level]: string } = { MUST: 'error', SHOULD: 'warning', MAY: 'note' };

/** @param artifact the file that holds the trace, relative to the log. GitHub refuses a whole log for one result that names no file. */
export function verificationSarif(record: VerificationRecord, artifact = 'verification.json'): string {
  const rules = judgedRules(record);
  const ruleIndex = new Map(rules.map(({ rule }, index) => [rule.id, index]));
  const run = {
    tool: {
      driver: { name: 'southbound', version: record.version, rules: rules.map(reportingDescriptor) },
    },
    automationDetails: { id: `southbound/verify/${record.seed}` },
    invocations: [
      {
        executionSuccessful: true,
        startTimeUtc: record.startedAt,
        endTimeUtc: record.endedAt,
        toolExecutionNotifications: rules.flatMap((each, index) => notification(each, index)),
      },
    ],
    artifacts: [
      {
        location: { uri: artifact },
        mimeType: 'application/json',
        description: { text: 'The record, with the whole trace.' },
      },
    ],
    results: record.findings.map((finding) => resultOf(record, finding, ruleIndex.get(finding.rule), artifact)),
    properties: {
      verdict: record.verdict,
      target: record.target,
      seed: record.seed,
      used: record.used,
      offers: record.offers,
    },
  };
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function reportingDescriptor({ rule, standing }: JudgedRule): Json {
  const { id, title, clause, remedy, level, theme, kept, reason } = rule;
  return {
    id,
    shortDescription: message(title),
    fullDescription: message(`${title} Source: ${clause}`),
    help: message(`${title}\n\nWhat to do: ${remedy}\n\nSource: ${clause}`),
    defaultConfiguration: { level: levels[level] },
    properties: { tags: [theme], level, clause, standing, kept, ...(reason === undefined ? {} : { reason }) },
  };
}

/** What could not be judged is said about the run, since it is no result about the vendor. */
function notification({ rule, standing }: JudgedRule, index: number): Json[] {
  if (standing !== 'inconclusive') return [];
  return [
    {
      level: rule.level === 'MUST' ? 'warning' : 'note',
      message: message(`${rule.id} is inconclusive: ${rule.reason ?? 'no reason is given'}`),
      associatedRule: { id: rule.id, index },
    },
  ];
}

function resultOf(
  record: VerificationRecord,
  finding: VerificationFinding,
  ruleIndex: number | undefined,
  artifact: string,
): Json {
  const { id, rule, level, path, valueClass, count, orders, curl, explainedBy, waiver } = finding;
  const evidence = evidenceOf(record, finding);
  const physicalLocation = { artifactLocation: { uri: artifact, index: 0 }, region: { startLine: 1 } };
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    kind: 'fail',
    level: levels[level],
    message: message(finding.message),
    locations: [{ physicalLocation, logicalLocations: [{ fullyQualifiedName: path, kind: 'resource' }] }],
    relatedLocations: evidence.map((exchange, index) => evidenceLocation(record, exchange, index + 1)),
    occurrenceCount: Math.max(1, count),
    fingerprints: { 'southbound/v1': id },
    // All or none: where a result has none, it is said that it has none (3.27.23).
    suppressions: waiver === undefined ? [] : [suppression(waiver)],
    ...webPair(evidence.at(-1)),
    properties: {
      tags: [valueClass],
      valueClass,
      orders,
      evidence: finding.evidence,
      curl,
      ...(explainedBy === undefined ? {} : { explainedBy }),
    },
  };
}

/** An exchange as a place in the trace. */
function evidenceLocation(record: VerificationRecord, exchange: TracedExchange, id: number): Json {
  const { asked, answered } = told(exchange, record.trace);
  const text = `${since(record.startedAt, exchange.sentAt)} ${exchange.from} -> ${exchange.to} ${asked}: ${answered}`;
  return {
    id,
    logicalLocations: [{ name: exchange.id, fullyQualifiedName: `trace/${exchange.id}`, kind: 'exchange' }],
    message: message(text),
  };
}

function suppression({ reason, until }: { readonly reason: string; readonly until: string }): Json {
  return { kind: 'external', status: 'accepted', justification: reason, properties: { until } };
}

/** The exchange in which the breach came to light: the last of the evidence. */
function webPair(exchange: TracedExchange | undefined): Json {
  if (exchange === undefined) return {};
  const { request, outcome } = exchange;
  return {
    webRequest: {
      protocol: 'HTTP',
      method: request.method,
      target: request.path,
      headers: request.headers,
      ...content(request.body),
    },
    webResponse:
      'status' in outcome
        ? { protocol: 'HTTP', statusCode: outcome.status, headers: outcome.headers, ...content(outcome.body) }
        : { noResponseReceived: true, properties: { outcome: outcome.kind } },
  };
}

function content(body: RecordedBody | undefined): Json {
  return body === undefined ? {} : { body: { text: body.text } };
}

/** Braces are doubled, as 3.11.5 demands; and what a vendor says makes no link (3.11.6). */
function message(text: string): Json {
  return { text: text.replaceAll(/[{}]/g, '$&$&').replaceAll('](', '] (') };
}
