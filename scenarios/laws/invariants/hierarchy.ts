/** Invariants of how an order hangs together: lines and domain orders, the names that things have, and their urgency. */
import { type CustomerOrder, type ReplayedStep, renderedOrder } from '../../../engine/index.ts';
import type { Evidence } from '../evidence.ts';
import { hasChanged, type Invariant, inEveryStep, repeatedIn } from './invariant.ts';

/** Invariant 3. */
export const oneLineEach: Invariant = {
  number: 3,
  name: 'every domain order has one line, and stands below none that stands below it',
  what: 'The line is one of the order, and stays the same as long as the domain order is there. What it stands below is there, and no chain of parents leads back to where it began; of lines likewise.',
  on: 'states',
  check: inEveryStep(misplaced),
};

/** Invariant 5. */
export const ownNames: Invariant = {
  number: 5,
  name: 'a Request ID belongs to one command, and a number to one thing',
  what: 'Every request that goes out for the first time has a Request ID that none had before, in this order or another, and each service order that it names has a record of that Request ID. No two things of one kind have the same number.',
  on: 'run',
  check: (evidence) => [...sharedRequests(evidence), ...sharedNumbers(evidence)],
};

/** Invariant 14. */
export const asUrgentAsItsLine: Invariant = {
  number: 14,
  name: 'the priority of a domain order or a task is that of its line, unless somebody has said otherwise',
  what: 'What is shown for each is the priority of its line, or for tasks of the order that of its most urgent line, unless the last word about it was a priority set by hand. Nothing but that command gives it one of its own.',
  on: 'run',
  check: (evidence) => [...inEveryStep(ownPriorities)(evidence), ...otherPriorities(evidence)],
};

function misplaced(step: ReplayedStep): string[] {
  const { before, order } = step;
  if (before !== undefined && isSameTree(before, order)) return [];
  const lines = new Set(order.lines.map(({ id }) => id));
  const lineBefore = new Map(before?.domainOrders.map(({ id, line }) => [id, line]));
  return [
    ...outOfPlace(order.lines),
    ...outOfPlace(order.domainOrders),
    ...order.domainOrders.flatMap(({ id, number, line }) => {
      if (!lines.has(line)) return [`${number} has no line`];
      return (lineBefore.get(id) ?? line) === line ? [] : [`${number} has another line than before`];
    }),
  ];
}

/** Most steps move things, and put none in another place. */
function isSameTree(before: CustomerOrder, order: CustomerOrder): boolean {
  const isSame = (was: readonly Placed[], now: readonly Placed[]) =>
    was === now ||
    (was.length === now.length &&
      now.every(
        ({ id, line, parent }, place) =>
          was[place]?.id === id && was[place]?.line === line && was[place]?.parent === parent,
      ));
  return isSame(before.lines, order.lines) && isSame(before.domainOrders, order.domainOrders);
}

interface Placed {
  readonly id: string;
  readonly number: string;
  readonly line?: string;
  readonly parent?: string;
}

function outOfPlace(things: readonly Placed[]): string[] {
  const parents = new Map(things.map(({ id, parent }) => [id, parent]));
  return things.flatMap(({ id, number, parent }) => {
    if (parent === undefined) return [];
    if (!parents.has(parent)) return [`${number} stands below what is not there`];
    let above: string | undefined = parent;
    for (let levels = 0; above !== undefined && above !== id && levels <= things.length; levels += 1)
      above = parents.get(above);
    return above === undefined ? [] : [`${number} stands below itself`];
  });
}

function sharedRequests({ orders }: Evidence): string[] {
  const known = new Map<string, string>();
  return orders.flatMap(({ history }) =>
    history.flatMap(({ before, order, effects, entry: { entry } }) => {
      const complaints: string[] = [];
      const knownHere = new Set(before?.dispatches.map(({ requestId }) => requestId));
      for (const effect of effects) {
        if (effect.type !== 'SendOutboundRequest') continue;
        const { requestId, operation, attempt, payload } = effect;
        const owner = known.get(requestId);
        const isNew = operation === 'create' && attempt === 1 && !knownHere.has(requestId);
        if (isNew ? owner !== undefined : owner !== undefined && owner !== order.number)
          complaints.push(`${order.number}, entry ${entry}: ${requestId} is a request of ${owner} already`);
        known.set(requestId, order.number);
        const ours = new Set(
          order.outboundRequests.flatMap((record) => (record.requestId === requestId ? [record.serviceOrder] : [])),
        );
        const strange = payload.items.filter((item) => item.action !== 'delete' && !ours.has(item.serviceOrder));
        for (const { serviceOrder } of strange)
          complaints.push(
            `${order.number}, entry ${entry}: ${serviceOrder} goes out under ${requestId}, and has no record of it`,
          );
      }
      return complaints;
    }),
  );
}

function sharedNumbers({ orders, inventory }: Evidence): string[] {
  const numbers = [
    ...orders.flatMap(({ order }) => [
      order.number,
      ...order.lines.map(({ number }) => number),
      ...order.domainOrders.map(({ number }) => number),
      ...order.outboundRequests.map(({ number }) => `outbound request ${number}`),
      ...order.fallouts.map(({ number }) => `fallout ${number}`),
      ...order.tasks.map(({ number }) => number),
      ...order.domainOrders.flatMap(({ qualification }) => qualification?.proposals.map(({ number }) => number) ?? []),
    ]),
    ...inventory.map(({ number }) => number),
  ];
  return repeatedIn(numbers).map((number) => `${number} is the number of two things`);
}

/** Only what is said by hand stands at a domain order or a task. */
function ownPriorities(step: ReplayedStep): string[] {
  const { before, order, entry } = step;
  if (before === undefined || !hasChanged(step, ['domainOrders', 'tasks'])) return [];
  const { input } = entry;
  const said = input.type === 'SetPriority' ? input.about : undefined;
  const was = new Map([...before.domainOrders, ...before.tasks].map(({ id, priority }) => [id, priority]));
  return [...order.domainOrders, ...order.tasks]
    .filter(({ id, priority }) => priority !== was.get(id) && id !== said)
    .map(
      ({ number, priority }) => `${number} has a priority of its own, ${priority ?? 'none'}, and nobody has said so`,
    );
}

function otherPriorities({ orders }: Evidence): string[] {
  return orders.flatMap(({ order }) => {
    const shown = renderedOrder(order);
    const ofLine = new Map(order.lines.map(({ id, priority }) => [id, priority]));
    const ofDomainOrder = new Map(
      order.domainOrders.map(({ id, line, priority }) => [id, priority ?? ofLine.get(line)] as const),
    );
    const levels = [...order.domainOrders.map(({ id }) => ofDomainOrder.get(id)), ...order.tasks.map(levelOf)];
    return [...shown.domainOrders, ...(shown.tasks ?? [])].flatMap(({ number, priority }, place) => {
      const expected = levels[place];
      if (priority === expected) return [];
      return [`${order.number}: ${number} is shown as ${priority ?? 'none'}, and is ${expected ?? 'none'}`];
    });

    function levelOf({ about, priority }: CustomerOrder['tasks'][number]) {
      if (priority !== undefined) return priority;
      if (about.kind === 'domainOrder') return ofDomainOrder.get(about.domainOrder);
      if (about.kind !== 'header') return ofLine.get(about.line);
      const all = order.lines.map((line) => line.priority);
      return (['critical', 'high', 'moderate', 'low'] as const).find((level) => all.includes(level));
    }
  });
}
