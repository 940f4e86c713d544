/** Clients out: service orders to SOM and TOM systems, and what became of them. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { findingText } from '../../contracts/schemas/finding.ts';
import type { ServiceOrder } from '../../contracts/schemas/tmf641-v4.1.generated.ts';
import type { Client, Outcome } from '../../exchange/client.ts';
import { type HttpResponse, jsonBody, jsonMediaType } from '../../exchange/message.ts';
import type { Instant, Kernel } from '../../kernel/kernel.ts';
import type { DispatchOutcome } from '../model/inputs.ts';
import type { SendOutboundRequest } from '../model/outcome.ts';
import type { Ports } from '../shell/mailbox.ts';
import { readServiceOrderReport, renderOutboundRequest } from '../wire/tmf641-v4-south.ts';

/** A system that service orders can be sent to. */
export interface Target {
  readonly name: string;
  /** Where its TMF641 API starts, such as `http://som.example/tmf-api/serviceOrdering/v4`, without a slash at the end. */
  readonly baseUrl: string;
  /** True: the engine subscribes to its events at start. */
  readonly subscribe: boolean;
}

export function southboundPort(options: {
  kernel: Kernel;
  client: Client;
  targets: readonly Target[];
}): Ports['sendOutboundRequest'] {
  const { kernel, client, targets } = options;
  return async (effect: SendOutboundRequest) => {
    const target = targets.find(({ name }) => name === effect.target);
    if (target === undefined)
      return notSent(`there is no target "${effect.target}"; the targets are ${namesOf(targets)}`);
    const order = renderOutboundRequest(effect.payload);
    const findings = checkOf('TMF641', 'own', 'ServiceOrder_Create')(order);
    if (findings.length > 0) return notSent(`the order breaks TMF641: ${findings.map(findingText).join('; ')}`);
    const url = `${target.baseUrl}/serviceOrder`;
    const headers = { 'content-type': jsonMediaType, accept: 'application/json' };
    const outcome = await client.send({ method: 'POST', url, headers, body: jsonBody(order) }, effect);
    return dispatchOutcomeOf(outcome, kernel.now());
  };
}

function namesOf(targets: readonly Target[]): string {
  return targets.map(({ name }) => name).join(', ') || 'none';
}

/** Nothing was sent, and sending it again would not help. */
function notSent(reason: string): DispatchOutcome {
  return { kind: 'refused', retryable: false, reason };
}

function dispatchOutcomeOf(outcome: Outcome, now: Instant): DispatchOutcome {
  switch (outcome.kind) {
    case 'answered':
      return outcome.response.status < 300 ? accepted(outcome.response) : refused(outcome.response, now);
    case 'malformed':
      return outcome.response.status < 300
        ? { kind: 'accepted', httpStatus: outcome.response.status, reports: [], warning: 'its answer is not JSON' }
        : refused(outcome.response, now);
    default:
      return { kind: 'unanswered', cause: outcome.kind };
  }
}

/** A success is an acceptance, whatever its body is worth; what is wrong with the body is noted. */
function accepted({ status, body }: HttpResponse): DispatchOutcome {
  const findings = checkOf('TMF641', 'official-lenient', 'ServiceOrder')(body?.json);
  const [finding] = findings;
  if (finding !== undefined) {
    const warning = `its answer breaks TMF641: ${findingText(finding)}`;
    return { kind: 'accepted', httpStatus: status, reports: [], warning };
  }
  const { externalOrderId, reports } = readServiceOrderReport(body?.json as ServiceOrder); // as just checked
  const warning = externalOrderId === undefined ? { warning: 'its answer has no id' } : { externalOrderId };
  return { kind: 'accepted', httpStatus: status, ...warning, reports };
}

/** Statuses after which the same request may succeed later. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

function refused({ status, headers, body }: HttpResponse, now: Instant): DispatchOutcome {
  const retryAfterMs = retryAfter(headers['retry-after'], now);
  return {
    kind: 'refused',
    httpStatus: status,
    retryable: passing.has(status),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    reason: reasonIn(body?.json) ?? 'no reason given',
  };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | undefined, now: Instant): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** What a TMF error says, from whichever of its attributes says it. */
function reasonIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { reason, message } = body as { reason?: unknown; message?: unknown }; // only read, and only as text
  const texts = [reason, message].filter((text): text is string => typeof text === 'string' && text !== '');
  return texts.length === 0 ? undefined : [...new Set(texts)].join(': ');
}
