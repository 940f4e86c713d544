/** Clients out: orders to SOM and TOM systems, and what became of them. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { findingText } from '../../contracts/schemas/finding.ts';
import { type HttpResponse, jsonBody, jsonMediaType } from '../../exchange/message.ts';
import { withoutSecrets } from '../../exchange/redact.ts';
import { retryAfterMs } from '../../exchange/retry-after.ts';
import type { Instant, Kernel } from '../../kernel/kernel.ts';
import type { DispatchOutcome, ItemReport } from '../model/inputs.ts';
import type { SendOutboundRequest } from '../model/outcome.ts';
import { reportingOf } from '../model/target.ts';
import type { Operation } from '../wire/south/dialect.ts';
import {
  limitsOf,
  type OrderTarget,
  orderTargetNamed,
  type ReachableTarget,
  type TargetOutcome,
} from './target-client.ts';

/** Sends what an effect says to its target, in the dialect of that target. */
export function southboundPort(options: {
  kernel: Kernel;
  targets: readonly ReachableTarget[];
}): (effect: SendOutboundRequest) => Promise<DispatchOutcome> {
  const { kernel, targets } = options;
  return async (effect) => {
    const reached = orderTargetNamed(targets, effect.target);
    if (typeof reached === 'string') return { ...notSent(reached), cause: 'configuration' };
    const { dialect, words } = reached;
    const kind = effect.payload.kind ?? 'service';
    if (kind !== dialect.takes)
      return { ...notSent(takesOthers(effect.target, dialect.takes, kind)), cause: 'configuration' };
    const operation: Operation | undefined = effect.operation === 'revise' ? dialect.revise : dialect.create;
    if (operation === undefined) return notSent(`${effect.target} cannot be told of a revision in its dialect`);
    if (effect.operation === 'revise' && effect.externalOrderId === undefined)
      return notSent(`${effect.target} gave the order no id, by which it could be told of a revision`);
    const order = operation.render(effect.payload, words);
    const findings = checkOf(dialect.api, 'own', operation.request)(order);
    if (findings.length > 0) return notSent(`the order breaks ${dialect.api}: ${findings.map(findingText).join('; ')}`);
    const url = `${reached.target.baseUrl}${operation.path(effect.externalOrderId ?? '')}`;
    const headers = { 'content-type': jsonMediaType, accept: 'application/json' };
    const request = { method: operation.method, url, headers, body: jsonBody(order) };
    const { outcome, secrets } = await reached.send(request, limitsOf(reached, effect.timeoutMs));
    const sent = effect.payload.items.map(({ serviceOrder }) => serviceOrder);
    const told = dispatchOutcomeOf(outcome, reached, effect.operation, sent, kernel.now());
    return withLot(toldWithout(secrets, told), kernel);
  };
}

/** Nothing was sent, and sending it again would not help. */
function notSent(reason: string): Extract<DispatchOutcome, { kind: 'refused' }> {
  return { kind: 'refused', retryable: false, reason };
}

function takesOthers(target: string, takes: string, kind: string): string {
  return `"${target}" takes ${takes} orders in its dialect, and this is a ${kind} order`;
}

type Asked = SendOutboundRequest['operation'];
type Accepted = Extract<DispatchOutcome, { kind: 'accepted' }>;
type Refused = Extract<DispatchOutcome, { kind: 'refused' }>;

function dispatchOutcomeOf(
  outcome: TargetOutcome,
  reached: OrderTarget,
  operation: Asked,
  sent: readonly string[],
  now: Instant,
): DispatchOutcome {
  switch (outcome.kind) {
    case 'answered':
    case 'malformed':
      if (outcome.response.status >= 300) return refused(outcome.response, now);
      return {
        ...(outcome.kind === 'answered'
          ? accepted(outcome.response, reached, operation, sent)
          : incomplete(outcome.response.status, 'its answer is not JSON')),
        ...polledAfter(reached),
      };
    case 'noCredentials':
      return { kind: 'refused', retryable: outcome.retryable, reason: outcome.reason };
    default:
      return { kind: 'unanswered', cause: outcome.kind };
  }
}

export function polledAfter({ target }: Pick<ReachableTarget, 'target'>): { pollEveryMs?: number } {
  const reporting = reportingOf(target);
  return typeof reporting === 'object' ? reporting : {};
}

/** A success is an acceptance, whatever its body is worth; what is wrong with the body is noted. */
function accepted(
  { status, body }: HttpResponse,
  { dialect, words }: OrderTarget,
  operation: Asked,
  sent: readonly string[],
): Accepted {
  const [finding] = checkOf(dialect.api, 'official-lenient', dialect.answerType(operation, status))(body?.json);
  if (finding !== undefined) return incomplete(status, `its answer breaks ${dialect.api}: ${findingText(finding)}`);
  const { externalOrderId, reports } = dialect.read(body?.json, words, sent);
  if (externalOrderId === undefined) return { ...incomplete(status, 'its answer has no id'), reports };
  return { kind: 'accepted', httpStatus: status, externalOrderId, reports };
}

function incomplete(httpStatus: number, warning: string): Accepted {
  return { kind: 'accepted', httpStatus, incomplete: true, reports: [], warning };
}

/** Statuses after which the same request may succeed later. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

export function refused({ status, headers, body }: HttpResponse, now: Instant): Refused {
  const waitMs = retryAfterMs(headers, now);
  return {
    kind: 'refused',
    httpStatus: status,
    retryable: passing.has(status),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    reason: reasonIn(body?.json) ?? 'no reason given',
  };
}

/** What a TMF error says, from whichever of its attributes says it. */
export function reasonIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { reason, message } = body as { reason?: unknown; message?: unknown }; // only read, and only as text
  const texts = [reason, message].filter((text): text is string => typeof text === 'string' && text !== '');
  return texts.length === 0 ? undefined : [...new Set(texts)].join(': ');
}

/** What the other side says is written into notes and reports: its texts must not repeat our credentials. */
function toldWithout(secrets: readonly string[], outcome: DispatchOutcome): DispatchOutcome {
  if (secrets.length === 0 || outcome.kind === 'unanswered') return outcome;
  if (outcome.kind === 'refused') return { ...outcome, reason: withoutSecrets(outcome.reason, secrets) };
  const { warning, reports } = outcome;
  return {
    ...outcome,
    ...(warning === undefined ? {} : { warning: withoutSecrets(warning, secrets) }),
    reports: reportsWithout(secrets, reports),
  };
}

export function reportsWithout(secrets: readonly string[], reports: readonly ItemReport[]): readonly ItemReport[] {
  return reports.map((report) =>
    report.message === undefined ? report : { ...report, message: withoutSecrets(report.message, secrets) },
  );
}

/** A retry is delayed by some chance more, so that many that failed together do not come back together (K4). */
export function withLot<Outcome extends { readonly kind: string; readonly retryable?: boolean }>(
  outcome: Outcome,
  kernel: Kernel,
): Outcome {
  const mayRetry = outcome.kind === 'unanswered' || (outcome.kind === 'refused' && outcome.retryable === true);
  return mayRetry ? { ...outcome, lot: kernel.chance('southbound.retry').fraction() } : outcome;
}
