/** Clients out: orders that were accepted are canceled outside, and what the systems there answer to that. */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { findingText } from '../../../contracts/schemas/finding.ts';
import { type HttpResponse, jsonBody, jsonMediaType } from '../../../exchange/message.ts';
import { withoutSecrets } from '../../../exchange/redact.ts';
import type { Instant, Kernel } from '../../../kernel/kernel.ts';
import type { SendCancellation } from '../../model/cancellation/effects.ts';
import type { CancellationOutcome } from '../../model/cancellation/inputs.ts';
import { refused, withLot } from '../southbound.ts';
import {
  limitsOf,
  type OrderTarget,
  orderTargetNamed,
  type ReachableTarget,
  type TargetOutcome,
} from '../target-client.ts';

/** Asks a target, in its dialect, to cancel an order that it has accepted. */
export function cancellationPort(options: {
  kernel: Kernel;
  targets: readonly ReachableTarget[];
}): (effect: SendCancellation) => Promise<CancellationOutcome> {
  const { kernel, targets } = options;
  return async ({ target, externalOrderId, reason, timeoutMs }) => {
    const reached = orderTargetNamed(targets, target);
    if (typeof reached === 'string')
      return { kind: 'refused', retryable: false, reason: reached, cause: 'configuration' };
    const { api, cancel } = reached.dialect;
    if (cancel === undefined) return { kind: 'unsupported' };
    const message = cancel.render(externalOrderId, reason);
    const findings = checkOf(api, 'own', cancel.request)(message);
    if (findings.length > 0) {
      const broken = `the cancellation breaks ${api}: ${findings.map(findingText).join('; ')}`;
      return { kind: 'refused', retryable: false, reason: broken };
    }
    const url = `${reached.target.baseUrl}${cancel.path(externalOrderId)}`;
    const headers = { 'content-type': jsonMediaType, accept: 'application/json' };
    const request = { method: 'POST', url, headers, body: jsonBody(message) };
    const { outcome, secrets } = await reached.send(request, limitsOf(reached, timeoutMs));
    return withLot(toldWithout(secrets, outcomeOf(outcome, reached, kernel.now())), kernel);
  };
}

function outcomeOf(outcome: TargetOutcome, reached: OrderTarget, now: Instant): CancellationOutcome {
  switch (outcome.kind) {
    case 'answered':
    case 'malformed':
      if (outcome.response.status >= 300) return refused(outcome.response, now);
      return outcome.kind === 'answered'
        ? taken(outcome.response, reached)
        : { kind: 'accepted', httpStatus: outcome.response.status, warning: 'its answer is not JSON' };
    case 'noCredentials':
      return { kind: 'refused', retryable: outcome.retryable, reason: outcome.reason };
    default:
      return { kind: 'unanswered', cause: outcome.kind };
  }
}

/** A success is an acceptance, whatever its body is worth: what becomes of it, the state of the order says. */
function taken({ status: httpStatus, body }: HttpResponse, { dialect }: OrderTarget): CancellationOutcome {
  const { api, cancel } = dialect;
  if (cancel === undefined) return { kind: 'unsupported' };
  const [finding] = checkOf(api, 'official-lenient', cancel.answer)(body?.json);
  if (finding !== undefined) {
    return { kind: 'accepted', httpStatus, warning: `its answer breaks ${api}: ${findingText(finding)}` };
  }
  const read = cancel.read(body?.json);
  if (read.state !== 'refused') return { kind: read.state === 'done' ? 'done' : 'accepted', httpStatus };
  return { kind: 'refused', httpStatus, retryable: false, cause: 'business', reason: read.reason };
}

function toldWithout(secrets: readonly string[], outcome: CancellationOutcome): CancellationOutcome {
  if (outcome.kind === 'refused') return { ...outcome, reason: withoutSecrets(outcome.reason, secrets) };
  if ((outcome.kind === 'accepted' || outcome.kind === 'done') && outcome.warning !== undefined) {
    return { ...outcome, warning: withoutSecrets(outcome.warning, secrets) };
  }
  return outcome;
}
