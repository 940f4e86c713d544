/** The part of the small model that speaks of what is canceled by hand, at once or on its day: what has to be seen afterwards. */
import type { CancellationRequest } from '../../../engine/model/cancellation/cancellation.ts';
import type { Input } from '../../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import { type Commanded, verdictOn } from './reference.ts';
import type { World } from './worlds.ts';

export type CancelPart = Extract<Commanded, { readonly type: 'CancelServiceOrder' }>;

/** The day that is wanted for it is still to come. */
export function isForLater({ asTask, at }: CancelPart): boolean {
  return asTask?.dueAt !== undefined && asTask.dueAt > at;
}

export function afterCanceledPart(before: CustomerOrder, command: CancelPart, after: CustomerOrder): string[] {
  const { serviceOrder, asTask } = command;
  const [was, is] = [before.cancellations ?? [], after.cancellations ?? []];
  const request = is[was.length];
  const kept = asTask === undefined ? [] : [isForLater(command) ? 'scheduled' : 'done'];
  const isKept =
    is
      .slice(was.length)
      .map(({ state }) => state)
      .join() === kept.join();
  const isAboutIt = request === undefined || request.part?.id === serviceOrder;
  return [
    ...(isKept && isAboutIt ? [] : [`of the request is kept ${JSON.stringify(request)}`]),
    ...(before.version === after.version ? [] : [`the version is ${after.version}`]),
    ...(isForLater(command) ? canceledIn(before, after) : leftOf(after, serviceOrder)),
  ];
}

/** A request comes due: it is taken up where it could be made now, and is declined where not. */
export function afterDue(before: CustomerOrder, input: Input, after: CustomerOrder, world: World): string[] {
  if (input.type !== 'TimerFired' || input.timer.kind !== 'cancellationDue') return [];
  const { cancellation: id } = input.timer;
  const find = ({ cancellations = [] }: CustomerOrder) => cancellations.find((each) => each.id === id);
  const [due, is] = [find(before), find(after)];
  if (due?.state !== 'scheduled' || is === undefined) return [`${id} comes due, and is ${due?.state}`];
  const refused = verdictOn(before, commandOf(due, input), world);
  const { part } = due;
  const expected = refused !== undefined ? 'declined' : part === undefined ? 'assessing' : 'done';
  return [
    ...(is.state === expected ? [] : [`${id} is ${is.state}, and not ${expected} (${refused})`]),
    ...(part === undefined ? [] : refused === undefined ? leftOf(after, part.id) : canceledIn(before, after)),
  ];
}

function commandOf({ part, line, note }: CancellationRequest, { at, orderId }: Input): Commanded {
  const common = { at, orderId, note };
  if (part !== undefined) return { type: 'CancelServiceOrder', serviceOrder: part.id, ...common };
  return { type: 'CancelOrder', ...common, ...(line === undefined ? {} : { line }) };
}

/** What is canceled is, and so is all below it, but for what had been closed before; nobody goes on with it. */
function leftOf({ domainOrders, tasks, outboundRequests }: CustomerOrder, id: string): string[] {
  const family = new Set([id]);
  // Parents come before children.
  for (const each of domainOrders) if (each.parent !== undefined && family.has(each.parent)) family.add(each.id);
  const open = domainOrders.filter(
    ({ id: each, state, redone }) =>
      family.has(each) && state !== 'canceled' && (each === id || state !== 'closed_complete' || redone === false),
  );
  const going = tasks.filter(
    ({ about, state, redoDue }) =>
      about.kind === 'domainOrder' &&
      family.has(about.domainOrder) &&
      state !== 'canceled' &&
      (state !== 'closed_complete' || redoDue === true),
  );
  const asked = outboundRequests.filter(
    ({ serviceOrder, state }) => family.has(serviceOrder) && (state === 'pending' || state === 'not_applicable'),
  );
  return [...open, ...going, ...asked].map(({ number, state }) => `it is canceled, and ${number} is ${state}`);
}

/** What begins as its day has come is another matter. */
function canceledIn(before: CustomerOrder, after: CustomerOrder): string[] {
  const was = new Map(before.domainOrders.map(({ id, state }) => [id, state]));
  return after.domainOrders
    .filter(({ id, state }) => state === 'canceled' && was.get(id) !== state)
    .map(({ number }) => `nothing was to be canceled, and ${number} is`);
}
