/** What a command that is taken does to what it is about, at least: which event it is there, as the tables call it. */
import type { CustomerOrder } from '../../../engine/model/order.ts';
import { afterCanceledPart, isForLater } from './cancellations.ts';
import type { Commanded } from './reference.ts';
import { afterDecision, afterRequest } from './reference-revisions.ts';

type Thing = 'order' | 'task' | 'fallout' | 'domainOrder' | 'cancellation' | 'revision' | 'outboundRequest';

interface Followed {
  readonly thing: Thing;
  readonly events: readonly string[];
}

const follows: { readonly [type in Commanded['type']]?: Followed } = {
  SubmitOrder: { thing: 'order', events: ['submit'] },
  ApproveOrder: { thing: 'order', events: ['approve', 'decomposed'] },
  RejectOrder: { thing: 'order', events: ['reject'] },
  ReopenOrder: { thing: 'order', events: ['reopen'] },
  HoldOrder: { thing: 'order', events: ['hold', 'enrichmentHeld'] },
  ReleaseOrder: { thing: 'order', events: ['release', 'enrichmentReleased'] },
  RequestInformation: { thing: 'order', events: ['informationMissing'] },
  TakeInformation: { thing: 'order', events: ['informationReceived'] },
  CancelOrder: { thing: 'cancellation', events: ['create'] },
  DecideRevision: { thing: 'revision', events: ['approve', 'decline'] },
  DecideCancellation: { thing: 'cancellation', events: ['approve', 'decline'] },
  CreateOutboundRequest: { thing: 'outboundRequest', events: ['create'] },
  RetryFallout: { thing: 'outboundRequest', events: ['create'] },
  ForceCompleteServiceOrder: { thing: 'domainOrder', events: ['closeByHand', 'redone'] },
  CancelServiceOrder: { thing: 'domainOrder', events: ['cancel', 'cancellationDone'] },
  ForceCancelServiceOrder: { thing: 'outboundRequest', events: ['serviceOrderCanceled', 'dispatchFailed'] },
  StartTask: { thing: 'task', events: ['start'] },
  CloseTask: { thing: 'task', events: ['close'] },
  HoldTask: { thing: 'task', events: ['hold'] },
  ReleaseTask: { thing: 'task', events: ['release'] },
  RequestTaskInformation: { thing: 'task', events: ['informationMissing'] },
  TakeTaskInformation: { thing: 'task', events: ['informationReceived'] },
  CreateHeaderTask: { thing: 'task', events: ['create'] },
  CreateFallout: { thing: 'fallout', events: ['create'] },
  AssignFallout: { thing: 'fallout', events: ['assign'] },
  HoldFallout: { thing: 'fallout', events: ['hold'] },
  ReleaseFallout: { thing: 'fallout', events: ['release'] },
  RequestFalloutInformation: { thing: 'fallout', events: ['informationMissing'] },
  TakeFalloutInformation: { thing: 'fallout', events: ['informationReceived'] },
  MendFallout: { thing: 'fallout', events: ['resolve'] },
  VerifyFallout: { thing: 'fallout', events: ['verify'] },
  ReopenFallout: { thing: 'fallout', events: ['reopen'] },
  CancelFallout: { thing: 'fallout', events: ['cancel'] },
};

/** What is missing in what came of it; nothing for commands that move no state. */
export function missingIn(
  command: Commanded,
  moves: readonly { readonly thing: string; readonly id: string; readonly event: string }[],
): string[] {
  const isLater = command.type === 'CancelServiceOrder' && isForLater(command);
  const followed = isLater ? follows.CancelOrder : follows[command.type];
  if (followed === undefined) return [];
  const about =
    'task' in command && followed.thing === 'task'
      ? command.task
      : 'fallout' in command && followed.thing === 'fallout'
        ? command.fallout
        : undefined;
  const isMeant = ({ thing, id, event }: (typeof moves)[number]) =>
    thing === followed.thing && followed.events.includes(event) && (about === undefined || id === about);
  return moves.some(isMeant)
    ? []
    : [`${command.type} is taken, and no ${followed.thing} is moved by ${followed.events.join(' or ')}`];
}

/** What is otherwise afterwards than what was commanded would have it, of order and lines. */
export function otherwiseIn(before: CustomerOrder, command: Commanded, after: CustomerOrder): string[] {
  switch (command.type) {
    case 'CancelServiceOrder':
      return afterCanceledPart(before, command, after);
    case 'ReviseOrder':
      return afterRequest(before, command, after);
    case 'DecideRevision':
      return afterDecision(before, command.decision, after);
    case 'ApproveOrder':
      return before.state === 'revision_in_progress' ? afterDecision(before, 'approve', after) : [];
    default:
      return [];
  }
}
