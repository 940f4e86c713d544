/** Clients out: whether a service can be had, asked of inventory systems; and what became of asking. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { findingText } from '../../../contracts/schemas/finding.ts';
import { type HttpResponse, jsonBody, jsonMediaType } from '../../../exchange/message.ts';
import { withoutSecrets } from '../../../exchange/redact.ts';
import type { PollQualificationRequest, SendQualificationRequest } from '../../model/qualification/effects.ts';
import type { QualificationExchange } from '../../model/qualification/inputs.ts';
import type { QualificationReport } from '../../model/qualification/result.ts';
import { reportingOf } from '../../model/target.ts';
import type { Found, Ports } from '../../shell/effects.ts';
import type { ReadCheck } from '../../wire/qualification/inventory-dialect.ts';
import { reasonIn } from '../southbound.ts';
import {
  type InventorySystem,
  inventorySystemNamed,
  limitsOf,
  type ReachableTarget,
  type TargetOutcome,
} from '../target-client.ts';

type AskingPorts = Pick<
  Ports,
  'sendQualificationRequest' | 'pollQualificationRequest' | 'withdrawQualificationRequest'
>;

/** Each asks its target in the dialect of that target. */
export function askingPorts({ targets }: { targets: readonly ReachableTarget[] }): AskingPorts {
  return {
    sendQualificationRequest: (effect) => ask(targets, effect),
    pollQualificationRequest: (effect) => askAgain(targets, effect),
    withdrawQualificationRequest: async (effect) => {
      const system = inventorySystemNamed(targets, effect.target);
      if (typeof system === 'string') return;
      const url = urlOf(system, effect.externalId);
      // Whether it worked is its own affair: what it kept for us, it keeps until it expires there.
      await system.send({ method: 'DELETE', url, headers: {} }, limitsOf(system, effect.timeoutMs));
    },
  };
}

async function ask(
  targets: readonly ReachableTarget[],
  effect: SendQualificationRequest,
): Promise<QualificationExchange> {
  const system = inventorySystemNamed(targets, effect.target);
  if (typeof system === 'string') return failed(system);
  const { api, collection, request: type, render } = system.dialect;
  const question = render(effect.payload);
  const findings = checkOf(api, 'own', type)(question);
  if (findings.length > 0) return failed(`the question breaks ${api}: ${findings.map(findingText).join('; ')}`);
  const url = `${system.target.baseUrl}${collection}`;
  const headers = { 'content-type': jsonMediaType, accept: 'application/json' };
  const request = { method: 'POST', url, headers, body: jsonBody(question) };
  const { outcome, secrets } = await system.send(request, limitsOf(system, effect.timeoutMs));
  return toldWithout(secrets, exchangeOf(outcome, system));
}

/**
 * Nothing when it does not answer, when its answer breaks the contract or cannot be understood, or when it is about another
 * question: it is asked again when it is time again, and the deadline of the request goes on.
 */
async function askAgain(
  targets: readonly ReachableTarget[],
  { target, externalId, requestId, timeoutMs }: PollQualificationRequest,
): Promise<Found | undefined> {
  const system = inventorySystemNamed(targets, target);
  if (typeof system === 'string') return undefined;
  const request = { method: 'GET', url: urlOf(system, externalId), headers: { accept: 'application/json' } };
  const { outcome, secrets } = await system.send(request, limitsOf(system, timeoutMs));
  if (outcome.kind !== 'answered' || outcome.response.status >= 300) return undefined;
  const read = readAnswer(outcome.response, system);
  if (!read.ok) return undefined;
  const { requestId: about, reports, isFinal, failure } = read.content;
  if (about !== undefined && about !== requestId) return undefined;
  if (reports.length === 0 && !isFinal) return undefined;
  return foundWithout(secrets, { reports, isFinal, ...(failure === undefined ? {} : { failure }) });
}

function urlOf({ target, dialect }: InventorySystem, externalId: string): string {
  return `${target.baseUrl}${dialect.collection}/${encodeURIComponent(externalId)}`;
}

function failed(reason: string, httpStatus?: number): QualificationExchange {
  return { kind: 'failed', reason, ...(httpStatus === undefined ? {} : { httpStatus }) };
}

function exchangeOf(outcome: TargetOutcome, system: InventorySystem): QualificationExchange {
  switch (outcome.kind) {
    case 'answered':
    case 'malformed': {
      const { status, body } = outcome.response;
      if (status >= 300) return failed(`it answered ${status}: ${reasonIn(body?.json) ?? 'no reason given'}`, status);
      return outcome.kind === 'answered'
        ? answered(outcome.response, system)
        : failed('its answer is not JSON', status);
    }
    case 'noCredentials':
      return failed(outcome.reason);
    case 'refused':
      return failed('nobody answers at its address');
    case 'reset':
      return failed('the connection broke before its answer was in');
    case 'timeout':
      return failed(`it did not answer within ${outcome.afterMs} ms`);
  }
}

function answered(response: HttpResponse, system: InventorySystem): QualificationExchange {
  const { status, body } = response;
  const read = readAnswer(response, system);
  if (!read.ok) {
    const externalId = idIn(body?.json);
    const reason = `its answer ${read.pointer === '' ? '' : `at ${read.pointer} `}cannot be used: ${read.reason}`;
    return { kind: 'failed', httpStatus: status, ...(externalId === undefined ? {} : { externalId }), reason };
  }
  const { externalId, reports, isFinal, failure } = read.content;
  const reporting = reportingOf(system.target);
  if (externalId === undefined && !isFinal && typeof reporting === 'object') {
    return failed('its answer has no id, by which it could be asked again', status);
  }
  return {
    kind: 'answered',
    httpStatus: status,
    ...(externalId === undefined ? {} : { externalId }),
    reports,
    isFinal,
    ...(failure === undefined ? {} : { failure }),
    ...(typeof reporting === 'object' ? reporting : {}),
  };
}

/** An answer is held against its contract, and then understood. */
export function readAnswer({ body }: Pick<HttpResponse, 'body'>, system: InventorySystem): ReadCheck {
  const { dialect, results } = system;
  const [finding] = checkOf(dialect.api, 'official-lenient', dialect.answer)(body?.json);
  if (finding === undefined) return dialect.read(body?.json, results);
  return { ok: false, pointer: finding.pointer, reason: `it breaks ${dialect.api}: ${findingText(finding)}` };
}

function idIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('id' in body)) return undefined;
  return typeof body.id === 'string' && body.id !== '' ? body.id : undefined;
}

/** What the other side says is written into notes: its texts must not repeat our credentials. */
function toldWithout(secrets: readonly string[], exchange: QualificationExchange): QualificationExchange {
  if (secrets.length === 0) return exchange;
  if (exchange.kind === 'answered') return foundWithout(secrets, exchange);
  return { ...exchange, reason: withoutSecrets(exchange.reason, secrets) };
}

export function foundWithout<Some extends Found>(secrets: readonly string[], found: Some): Some {
  if (secrets.length === 0) return found;
  const { failure, reports } = found;
  return {
    ...found,
    reports: reports.map((report) => reportWithout(secrets, report)),
    ...(failure === undefined ? {} : { failure: withoutSecrets(failure, secrets) }),
  };
}

function reportWithout(secrets: readonly string[], report: QualificationReport): QualificationReport {
  const reasons = report.reasons.map(({ code, label }) => ({
    ...(code === undefined ? {} : { code: withoutSecrets(code, secrets) }),
    label: withoutSecrets(label, secrets),
  }));
  return { ...report, reasons };
}
