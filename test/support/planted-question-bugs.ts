/** The engine, wrong in one way about orders that ask: each bug is planted in what a step gives, and shows in one story. */
import { step } from '../../engine/core/step.ts';
import type { CustomerOrder, DomainOrder } from '../../engine/model/order.ts';
import type { Outcome } from '../../engine/model/outcome.ts';
import type { questionLaws } from '../../scenarios/laws/questions.ts';
import type { WorldOptions } from '../../scenarios/world.ts';

export interface PlantedQuestionBug {
  /** The shipped scenario that it shows in. */
  readonly story: string;
  readonly law: keyof typeof questionLaws;
  readonly parts: WorldOptions['parts'];
}

type Took = Extract<Outcome, { ok: true }>;
type Step = typeof step;
type Given = Parameters<Step>[1];

const delivers = 'an order that asks delivers nothing';

export const plantedQuestionBugs: { readonly [bug: string]: PlantedQuestionBug } = {
  'what is asked about gets a resource order': { story: 'demo', law: delivers, parts: inStep(withResource) },
  'what is asked about goes out as well': { story: 'demo', law: delivers, parts: inStep(withRequest) },
  'the best of several results is taken': {
    story: 'mixed-lines',
    law: 'the result of a line and of an order is what its service orders have, in one',
    parts: inStep(takeBest),
  },
  'a line below another does not count': {
    story: 'hierarchy',
    law: 'the result of a line and of an order is what its service orders have, in one',
    parts: inStep(countOnlyTop),
  },
  'what is asked anew is not withdrawn': {
    story: 'asked-anew',
    law: 'about each line at the top one question is open',
    parts: inStep(keepOpen),
  },
  'an answer that is promised has no time limit': {
    story: 'later-by-event',
    law: 'a question that is open is on its way, or has a timer',
    parts: inStep((took) => without(took, 'qualificationOverdue')),
  },
  'no answer is taken for yes': {
    story: 'silence',
    law: 'a service is qualified only as somebody said',
    parts: inStep(takeForYes),
  },
  'a result outlives its date': {
    story: 'expires-by-policy',
    law: 'a result that has expired is none',
    parts: inStep((took) => without(took, 'qualificationExpired')),
  },
};

/** The real outcome, spoilt. */
function inStep(spoil: (took: Took, input: Given, before: CustomerOrder | undefined) => Took): WorldOptions['parts'] {
  const wrong: Step = (order, input, facts) => {
    const outcome = step(order, input, facts);
    return outcome.ok ? spoil(outcome, input, order) : outcome;
  };
  return { step: wrong };
}

function withResource(took: Took, input: Given): Took {
  const [first] = took.order.domainOrders;
  if (input.type !== 'ApproveOrder' || first === undefined) return took;
  const port: DomainOrder = {
    ...first,
    id: `${first.id}-port`,
    number: 'RO0000001',
    kind: 'resource',
    specification: 'access-port',
  };
  return { ...took, order: { ...took.order, domainOrders: [...took.order.domainOrders, port] } };
}

function withRequest(took: Took, input: Given): Took {
  const [serviceOrder] = took.order.domainOrders;
  if (input.type !== 'QualifyOrder' || serviceOrder === undefined) return took;
  const request = { id: 'out-1', number: 'OUT0000001', serviceOrder: serviceOrder.id, root: serviceOrder.id };
  const fulfilled = { ...request, requestId: 'out-1', state: 'fulfilled', target: 'som', attempts: 1 };
  const record = fulfilled as unknown as CustomerOrder['outboundRequests'][number]; // all that anybody looks at
  return { ...took, order: { ...took.order, outboundRequests: [record] } };
}

function takeBest(took: Took): Took {
  const { lines } = took.order;
  if (!lines.some(({ qualificationResult }) => qualificationResult === 'qualified')) return took;
  return { ...took, order: { ...took.order, qualificationResult: 'qualified' } };
}

function countOnlyTop(took: Took): Took {
  const { lines, domainOrders } = took.order;
  const [top] = lines;
  const own = domainOrders.find(({ line, parent }) => line === top?.id && parent === undefined);
  const { result } = own?.qualification ?? {};
  if (result === undefined) return took;
  const changed = lines.map((line) => (line === top ? { ...line, qualificationResult: result } : line));
  return { ...took, order: { ...took.order, lines: changed } };
}

function keepOpen(took: Took, input: Given, before: CustomerOrder | undefined): Took {
  if (input.type !== 'QualifyOrder') return took;
  const known = new Map(before?.qualificationRequests.map((request) => [request.id, request]));
  const qualificationRequests = took.order.qualificationRequests.map((request) => known.get(request.id) ?? request);
  return { ...took, order: { ...took.order, qualificationRequests } };
}

function without(took: Took, timer: string): Took {
  const effects = took.effects.filter((effect) => effect.type !== 'SetTimer' || effect.timer.kind !== timer);
  return { ...took, effects };
}

function takeForYes(took: Took, input: Given): Took {
  if (input.type !== 'ReportQualificationExchange' || input.outcome.kind !== 'failed') return took;
  const found = { result: 'qualified', reasons: [], proposals: [] } as const;
  const domainOrders = took.order.domainOrders.map((each) => ({ ...each, qualification: found }));
  const lines = took.order.lines.map((line) => ({ ...line, qualificationResult: 'qualified' as const }));
  return { ...took, order: { ...took.order, domainOrders, lines, qualificationResult: 'qualified' } };
}
