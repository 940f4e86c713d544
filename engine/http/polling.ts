/** Asking a system that does not report by itself how far an order is. */
import { checkOf } from '../../contracts/profile/contract.ts';
import type { ItemReport } from '../model/inputs.ts';
import type { PollOutboundRequest } from '../model/outcome.ts';
import { reportsWithout } from './southbound.ts';
import { limitsOf, orderTargetNamed, type ReachableTarget } from './target-client.ts';

/**
 * What the target says of the order. Nothing when it does not answer, when its answer breaks the contract, or when it is
 * about another order: it is asked again when it is time again, and the deadline of the request goes on.
 */
export function pollingPort({
  targets,
}: {
  targets: readonly ReachableTarget[];
}): (effect: PollOutboundRequest) => Promise<readonly ItemReport[]> {
  return async (effect) => {
    const reached = orderTargetNamed(targets, effect.target);
    if (typeof reached === 'string') return [];
    const { dialect, words, target } = reached;
    const url = `${target.baseUrl}${dialect.retrieve.path(effect.externalOrderId)}`;
    const request = { method: 'GET', url, headers: { accept: 'application/json' } };
    const { outcome, secrets } = await reached.send(request, limitsOf(reached, effect.timeoutMs));
    if (outcome.kind !== 'answered' || outcome.response.status >= 300) return [];
    const { status, body } = outcome.response;
    const type = dialect.answerType('retrieve', status);
    if (checkOf(dialect.api, 'official-lenient', type)(body?.json).length > 0) return [];
    const { requestId, reports } = dialect.read(body?.json, words, effect.serviceOrders);
    return requestId === undefined || requestId === effect.requestId ? reportsWithout(secrets, reports) : [];
  };
}
