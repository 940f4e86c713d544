/** A trace as rules look at it: read once, and indexed by what they ask for. */
import type { CapabilityStatement } from '../../records/capabilities.ts';
import type { Trace } from '../../records/trace.ts';
import { type EventSeen, eventOf, type SubscriptionSeen, subscriptionsOf } from './events.ts';
import { type CancelHistory, cancelHistoriesOf, type OrderHistory, orderHistoriesOf } from './histories.ts';
import { type Diagram, orderDiagram, plainDiagram } from './moves.ts';
import { type Offers, offersOf } from './offers.ts';
import { type Seen, seenOf } from './seen.ts';

export interface View {
  readonly trace: Trace;
  readonly statement: CapabilityStatement;
  readonly offers: Offers;
  /** Everything, in the order in which it began. */
  readonly all: readonly Seen[];
  /** What the verifier asked, without what a busy vendor put off. */
  readonly asked: readonly Seen[];
  /** What a busy vendor put off. */
  readonly putOff: readonly Seen[];
  readonly orders: readonly OrderHistory[];
  readonly cancels: readonly CancelHistory[];
  readonly events: readonly EventSeen[];
  readonly subscriptions: readonly SubscriptionSeen[];
  /** When the vendor was restarted, as a place in the order of the trace; infinity when it was not. */
  readonly restartedAt: number;
  /** The subscription that hears everything from the beginning to the end, if there is one. */
  readonly watch: SubscriptionSeen | undefined;
  /** The exchanges of one experiment, as they began. */
  steps(experiment: string): readonly Seen[];
  /** Those of one step of it. */
  step(experiment: string, step: string): readonly Seen[];
  orderOf(id: string): OrderHistory | undefined;
}

export function viewOf(trace: Trace, statement: CapabilityStatement): View {
  const everything = trace.exchanges.map((exchange) => seenOf(exchange, trace));
  const isPutOff = ({ exchange, status }: Seen) => exchange.from === 'verifier' && (status === 429 || status === 503);
  const all = everything.filter((seen) => !isPutOff(seen));
  const putOff = everything.filter(isPutOff);
  const asked = all.filter(({ exchange }) => exchange.from === 'verifier');
  const events = all.flatMap((seen) => eventOf(seen) ?? []);
  const cancels = cancelHistoriesOf(asked, events);
  const orders = orderHistoriesOf(asked, events, cancels);
  const subscriptions = subscriptionsOf(asked, events, trace.listenerPath);
  const byExperiment = Map.groupBy(all, ({ exchange }) => exchange.aim?.experiment);
  const byId = new Map(orders.map((order) => [order.id, order]));
  const steps = (experiment: string) => byExperiment.get(experiment) ?? [];
  return {
    trace,
    statement,
    offers: offersOf(asked, statement),
    all,
    asked,
    putOff,
    orders,
    cancels,
    events,
    subscriptions,
    watch: subscriptions.find(({ registered }) => registered.exchange.aim?.experiment === 'watch'),
    steps,
    step: (experiment, step) => steps(experiment).filter(({ exchange }) => exchange.aim?.step === step),
    restartedAt:
      steps('restart').find(({ exchange }) => exchange.aim?.step === 'back')?.exchange.sentOrder ??
      Number.POSITIVE_INFINITY,
    orderOf: (id) => byId.get(id),
  };
}

/** Where only the verifier is at work, it is known which orders nobody cancels. */
export function diagramFor({ trace }: View, { cancels }: OrderHistory): Diagram {
  return trace.namespace !== undefined && cancels.length === 0 ? plainDiagram : orderDiagram;
}
