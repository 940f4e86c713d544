/** Laws of the end: when nothing more will happen, nothing is left to do, and whatever did not end has somebody to see to it. */
import type { CustomerOrder, DomainOrder } from '../../engine/index.ts';
import { hasEnded } from './ended.ts';
import type { Check, Evidence } from './evidence.ts';
import { isLive, isOpenFallout } from './requests.ts';

export const endLaws: { readonly [law: string]: Check } = {
  'nothing that was to be done is left undone': leftUndone,
  'every order ends, or leaves an open fallout': endless,
};

function leftUndone({ undone, atRest }: Evidence): string[] {
  if (!atRest) return [];
  return undone.map(({ effect }) => `${effect.type} ${effect.id} has not come to an end`);
}

function endless({ orders, atRest }: Evidence): string[] {
  if (!atRest) return [];
  return orders
    .filter(({ order }) => !hasEnded(order) && !order.fallouts.some(isOpenFallout) && !waitsForSomebody(order))
    .map(({ order: { number, state } }) => `${number} is ${state}, and nobody sees to it`);
}

/**
 * An order about which, or about whose revision or end, nobody has decided; one of which no policy row said what becomes of
 * it; one of which somebody closed a fallout by hand: sending it again, or completing it, is theirs as well; and one of which
 * nobody has told the outside that something else is wanted.
 */
function waitsForSomebody(order: CustomerOrder): boolean {
  const { state, lines, domainOrders, fallouts, outboundRequests } = order;
  const sent = new Set(outboundRequests.filter(isLive).map(({ serviceOrder }) => serviceOrder));
  const byHand = new Set(
    fallouts.flatMap((fallout) => (fallout.state === 'closed_complete' ? [fallout.domainOrder, ...fallout.holds] : [])),
  );
  const isTheirs = ({ id, work, redone, updatesAvailable }: DomainOrder) =>
    work?.by === 'manual' ||
    byHand.has(id) ||
    (redone === false && updatesAvailable === true) ||
    (work?.by === 'external' && !sent.has(id));
  const isAssessed = lines.some((line) => line.state === 'assessing_cancellation');
  const isOpen = domainOrders.some((each) => isTheirs(each) && !hasEnded(each));
  const isUndecided = state === 'new' || state === 'revision_in_progress';
  return isUndecided || isAssessed || isAnswered(order) || isOpen;
}

/** An order that asks, of which nothing more is to come: somebody asks it, asks anew, or decides. */
function isAnswered({ fulfillmentType, qualificationRequests }: CustomerOrder): boolean {
  const isOpen = (state: string) => state === 'sent' || state === 'waiting';
  return fulfillmentType === 'Qualify' && !qualificationRequests.some((request) => isOpen(request.state));
}
