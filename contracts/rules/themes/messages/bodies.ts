/** Rules on the body of an answer: the published schema, and what nobody can do without. */
import { checkResponse, contractOf } from '../../../profile/contract.ts';
import { publishedApis } from '../../../schemas/documents.ts';
import { type Finding, findingText } from '../../../schemas/finding.ts';
import { breach, kept, type Observation, type Rule, wildcards } from '../../rule.ts';
import { objectOf, textOf } from '../../view/json.ts';
import type { Seen } from '../../view/seen.ts';
import type { View } from '../../view/view.ts';

/** Answers of operations that TMF641 has. */
export function answersOf({ asked }: View): Seen[] {
  return asked.filter(({ operation, status }) => operation !== undefined && status !== undefined);
}

export function bodyText({ exchange: { outcome } }: Seen): string {
  return 'body' in outcome ? (outcome.body?.text ?? '') : '';
}

/** What the published schema, read generously, and the profile say of an answer. */
export function findingsOn(seen: Seen, profile: 'official-lenient' | 'conformance'): readonly Finding[] {
  const { exchange, status, got, operation } = seen;
  const [known] = publishedApis.TMF641.operations.filter(({ id }) => id === operation);
  const contract = known && contractOf(exchange.request.method, `${publishedApis.TMF641.basePath}${known.path}`);
  if (contract === undefined || status === undefined) return [];
  return checkResponse(contract, profile, { status, body: got });
}

/** It should have been refused; what it was answered instead is not looked at any closer. */
function isWronglyServed({ exchange }: Seen): boolean {
  return exchange.aim?.wrong !== undefined;
}

/** Attributes that `fields` leaves out are not missing. */
function isWhole({ query }: Seen): boolean {
  return query.fields === undefined;
}

export const responseSchema: Rule = {
  id: 'response-schema',
  level: 'MUST',
  title: 'Every body follows the published schema of its operation.',
  clause: 'TMF641 v4.1 definitions',
  remedy: 'Send the attribute with the type, and the value out of those, that the definition says.',
  *check(view) {
    for (const seen of answersOf(view)) {
      if ((seen.status ?? 0) >= 400 || seen.exchange.outcome.kind === 'malformed' || isWronglyServed(seen)) continue;
      const found = findingsOn(seen, 'official-lenient').filter(
        (each) => each.rule !== 'status-declared' && !isOnDate(each),
      );
      if (found.length === 0) yield kept;
      yield* found.map((finding) => breachOf(seen, finding));
    }
  },
};

/** How a date is written is a rule of its own. */
export function isOnDate({ rule, expected }: Finding): boolean {
  return rule === 'format' && expected.includes('date-time');
}

export const mandatoryAttributes: Rule = {
  id: 'mandatory-attributes',
  level: 'MUST',
  title: 'Orders, items and cancel tasks carry what nobody can do without.',
  clause:
    'TMF641 conformance: id, href, state, orderDate, serviceOrderItem with id, action, state, service; CancelServiceOrder id, href, state, serviceOrder',
  remedy: 'Always show these attributes, in answers to creates and patches too.',
  *check(view) {
    for (const seen of answersOf(view)) {
      if (
        (seen.status ?? 500) >= 300 ||
        !isWhole(seen) ||
        isWronglyServed(seen) ||
        seen.status === 202 ||
        !('got' in seen) ||
        seen.got === undefined
      )
        continue;
      const lenient = new Set(findingsOn(seen, 'official-lenient').map(findingText));
      const found = findingsOn(seen, 'conformance').filter((finding) => !lenient.has(findingText(finding)));
      if (found.length === 0) yield kept;
      yield* found.map((finding) => breachOf(seen, finding));
    }
  },
};

function breachOf(seen: Seen, finding: Finding): Observation {
  const path = `${seen.place} ${wildcards(finding.pointer) || '(body)'}`;
  const valueClass = finding.got === 'nothing' ? 'missing' : `not ${finding.expected}`;
  const message = `${seen.place} answered ${seen.status}: ${findingText(finding)}`;
  return breach({ path, valueClass, message, evidence: [seen], order: orderIn(seen) });
}

function orderIn({ got, operation, id }: Seen): string | undefined {
  if (operation === 'retrieveServiceOrder' || operation === 'patchServiceOrder') return id;
  return operation === 'createServiceOrder' ? textOf(objectOf(got).id) : undefined;
}
