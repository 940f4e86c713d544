/** What is being provided, in numbers: domain orders by kind and specification, counted from the orders alone. */
import type {
  ReportFigures,
  ReportOfKind,
  Report as ShownReport,
} from '../../../contracts/schemas/southbound-api.generated.ts';
import { textOfDurationMs, textOfInstant } from '../../../contracts/schemas/text.ts';
import { falloutCauses } from '../../model/fallout/fallout.ts';
import type { CustomerOrder, DomainOrder, Fallout, Instant, OrderKind } from '../../model/order.ts';
import { domainOrderStates } from '../../model/state-tables.ts';
import { domainOrderKinds } from '../../model/words.ts';

/** What is counted; everything when nothing is said. */
export interface ReportQuery {
  readonly kind?: OrderKind;
  readonly specification?: string;
  /** Orders that were captured then or later. */
  readonly from?: Instant;
  /** Orders that were captured before. */
  readonly to?: Instant;
}

export const reportedKinds: readonly OrderKind[] = [...domainOrderKinds, 'work'];

/** @param at when it is counted: what the orders are at that moment. */
export function reportOf(orders: readonly CustomerOrder[], query: ReportQuery, at: Instant): ShownReport {
  const { from, to } = query;
  const counted = orders.filter((order) => isCounted(order, query));
  const all = counted.flatMap(countedOf).filter((each) => isAskedFor(each, query));
  const kinds = query.kind === undefined ? reportedKinds : [query.kind];
  return {
    at: textOfInstant(at),
    ...(from === undefined ? {} : { from: textOfInstant(from) }),
    ...(to === undefined ? {} : { to: textOfInstant(to) }),
    orders: counted.length,
    kinds: kinds.map((kind) => ofKind(kind, all)),
  };
}

function isCounted({ fulfillmentType, orderedAt }: CustomerOrder, query: ReportQuery): boolean {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = query;
  return fulfillmentType === 'Deliver' && orderedAt >= from && orderedAt < to;
}

/** A domain order, and what went wrong with it. */
interface Counted {
  readonly domainOrder: DomainOrder;
  readonly fallouts: readonly Fallout[];
}

function countedOf({ domainOrders, fallouts }: CustomerOrder): Counted[] {
  return domainOrders.map((domainOrder) => ({
    domainOrder,
    fallouts: fallouts.filter((fallout) => fallout.domainOrder === domainOrder.id),
  }));
}

function isAskedFor({ domainOrder }: Counted, { kind, specification }: ReportQuery): boolean {
  if (kind !== undefined && domainOrder.kind !== kind) return false;
  return specification === undefined || domainOrder.specification === specification;
}

function ofKind(kind: OrderKind, all: readonly Counted[]): ReportOfKind {
  const some = all.filter(({ domainOrder }) => domainOrder.kind === kind);
  const bySpecification = Map.groupBy(some, ({ domainOrder }) => domainOrder.specification);
  return {
    kind,
    figures: figuresOf(some),
    specifications: [...bySpecification.keys()].toSorted().map((specification) => ({
      specification,
      figures: figuresOf(bySpecification.get(specification) ?? []),
    })),
  };
}

function figuresOf(some: readonly Counted[]): ReportFigures {
  const fallouts = some.flatMap((each) => each.fallouts);
  return {
    count: some.length,
    states: countsOf(
      domainOrderStates,
      some.map(({ domainOrder }) => domainOrder.state),
    ),
    ...durationsOf(some),
    fallouts: {
      count: fallouts.length,
      open: fallouts.filter(isOpen).length,
      causes: countsOf(
        falloutCauses,
        fallouts.map(({ cause }) => cause),
      ),
    },
  };
}

function durationsOf(some: readonly Counted[]): Pick<ReportFigures, 'durations'> {
  const durationsMs = some.flatMap(({ domainOrder: { state, startedAt, endedAt } }) =>
    state !== 'closed_complete' || startedAt === undefined || endedAt === undefined ? [] : [endedAt - startedAt],
  );
  const [first, ...others] = durationsMs.toSorted((one, other) => one - other);
  if (first === undefined) return {};
  const sumMs = durationsMs.reduce((sum, each) => sum + each, 0);
  return {
    durations: {
      count: durationsMs.length,
      shortest: textOfDurationMs(first),
      mean: textOfDurationMs(Math.round(sumMs / durationsMs.length)),
      longest: textOfDurationMs(others.at(-1) ?? first),
    },
  };
}

/** Neither put right nor given up. */
function isOpen({ state }: Fallout): boolean {
  return state !== 'resolved' && state !== 'closed_complete' && state !== 'canceled';
}

/** Each word with how often it occurs, in the order of the words; those that do not are left out. */
function countsOf<Word extends string>(words: readonly Word[], found: readonly Word[]): { [word: string]: number } {
  const counts = words.map((word): [Word, number] => [word, found.filter((each) => each === word).length]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
