/**
 * A page out of a hundred thousand orders costs no more than twice a page out of a thousand, where the filter and the order are
 * by what the store knows. Measured in pairs, in one run: whatever else the machine does happens to both.
 */
import { type CustomerOrder, type Engine, memoryStore, type OrderStore } from '../../engine/index.ts';
import { listedOrder } from '../../engine/wire/north/listed-orders.ts';
import { listedParts } from '../../engine/wire/north/listed-parts.ts';
import { jsonBody, pathAndQuery } from '../../exchange/message.ts';
import { chanceStream } from '../../kernel/chance.ts';
import { openExampleEngine } from '../support/example-engine.ts';
import { captureOf, firstNumbers, hierarchical, Life, start } from '../support/orders.ts';
import type { VolumeCheck } from './main.ts';

const few = 1_000;
const many = 100_000;
/** Questions have a store that nobody reaches but by asking, which takes its time. */
const manyQuestions = 10_000;

/** Pairs for each query; of their ratios the one in the middle counts. */
const pairs = 51;
const mostTimes = 2;

const productOrders = '/tmf-api/productOrderingManagement/v4/productOrder';
const serviceOrders = '/tmf-api/serviceOrdering/v4/serviceOrder';
const resourceOrders = '/tmf-api/resourceOrderingManagement/v4/resourceOrder';
const cancelTasks = '/tmf-api/productOrderingManagement/v4/cancelProductOrder';
const checks = '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification';

const dayMs = 86_400_000;
const on = (day: number) => new Date(start + day * dayMs).toISOString();

/**
 * A full page of each, or one order, beside a thousand as beside a hundred thousand: otherwise two sizes of page would be compared.
 *
 * Each order is captured within a hundred days, and has the other dates within the next hundred.
 */
const ofOrders = [
  '',
  'id=order-500',
  'id=order-500&sort=-orderDate',
  'state=completed',
  'state=completed&sort=-orderDate',
  'state=held&sort=requestedStartDate',
  'externalId=CRM-500',
  'externalId=CRM-500,CRM-501&sort=state',
  `orderDate.gt=${on(50)}`,
  `orderDate.gt=${on(50)}&sort=-orderDate,id`,
  `orderDate.lt=${on(20)}&sort=externalId`,
  `requestedStartDate.gte=${on(120)}&sort=-requestedStartDate`,
  `requestedCompletionDate.lt=${on(110)}&sort=-orderDate`,
  `completionDate.gt=${on(80)}&sort=completionDate`,
  'sort=-completionDate&offset=100',
];
/** Which orders match is counted by looking at each that meets the rarer of two criteria: told, and held to nothing. */
const counted = `state=completed&orderDate.gt=${on(50)}`;
/** Each product order has become one resource order, and somebody asks for its end. */
const ofParts = [
  '',
  'id=order-500-RO0000001',
  'state=inProgress&sort=-orderDate',
  'externalId=CRM-500',
  `orderDate.gt=${on(50)}`,
  `orderDate.lt=${on(20)}&sort=externalId`,
];
const ofTasks = ['', 'id=order-500-1', 'state=inProgress&limit=10'];
const ofQuestions = ['id=nobody', 'externalId=CRM-500', 'state=inProgress', 'sort=-checkServiceQualificationDate'];

export async function listsAtVolume(): Promise<VolumeCheck> {
  const [small, large] = [await engineWith(few), await engineWith(many)];
  const ratios: [name: string, ratio: number][] = [];
  for (const [collection, name] of [
    [productOrders, 'productOrder'],
    [serviceOrders, 'serviceOrder'],
  ] as const) {
    for (const query of ofOrders)
      ratios.push([`${name}?${query}`, await ratioOf(small, large, `${collection}?${query}`)]);
  }
  for (const query of ofParts)
    ratios.push([`resourceOrder?${query}`, await ratioOf(small, large, `${resourceOrders}?${query}`)]);
  for (const query of ofTasks)
    ratios.push([`cancelProductOrder?${query}`, await ratioOf(small, large, `${cancelTasks}?${query}`)]);
  const beside = await ratioOf(small, large, `${productOrders}?${counted}`);
  await withQuestions(small, few);
  await withQuestions(large, manyQuestions);
  for (const query of ofQuestions)
    ratios.push([`checkServiceQualification?${query}`, await ratioOf(small, large, `${checks}?${query}`)]);
  const shown = ratios.map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`).join(', ');
  const figures = `${many} orders beside ${few}, and ${manyQuestions} questions: ${shown}; two criteria, as ${counted}: ${beside.toFixed(2)}`;
  return { ok: ratios.every(([, ratio]) => ratio <= mostTimes), figures };
}

interface Listed {
  readonly engine: Engine;
  ask(method: string, target: string, body?: object): Promise<number>;
}

async function engineWith(count: number): Promise<Listed> {
  const store = memoryStore();
  await fill(store, count);
  const { engine, virtual } = await openExampleEngine({ store });
  const headers = { 'content-type': 'application/json' };
  return {
    engine,
    ask: async (method, target, body) => {
      let status = 0;
      virtual.call('list', async () => {
        const sent = body === undefined ? undefined : jsonBody(body);
        const answer = await engine.endpoint({ method, ...pathAndQuery(target), headers, body: sent });
        if (answer.kind === 'reply') status = answer.response.status;
      });
      await virtual.run(virtual.now());
      return status;
    },
  };
}

const states = ['acknowledged', 'in_progress', 'completed', 'on_hold', 'canceled'] as const;

/** Orders that differ in what lists ask of them, and in nothing else: they take little memory. */
async function fill(store: OrderStore, count: number): Promise<void> {
  const life = new Life(hierarchical);
  const captured = life.take(captureOf());
  const decomposed = life.take({ type: 'ApproveOrder', at: start, orderId: captured.id });
  const resource = decomposed.domainOrders.find(({ kind }) => kind === 'resource');
  if (resource === undefined) throw new Error('no order becomes a resource order');
  // The same lines again and again: nothing lists by them.
  const serviceLines = captured.lines.map((line) => ({ ...line, kept: { ...line.kept, service: {} } }));
  const chance = chanceStream('lists', String(count));
  for (let index = 0; index < count * 2; index += 1) {
    const id = `order-${index >> 1}${index % 2 === 0 ? '' : 's'}`;
    const state = chance.pick(states);
    const orderedAt = start + Math.floor((100 * dayMs * index) / (count * 2));
    const later = () => orderedAt + chance.between(1, 100 * dayMs);
    const order: CustomerOrder = {
      ...captured,
      id,
      ...(index % 2 === 0
        ? {
            category: 'Product',
            domainOrders: [{ ...resource, number: 'RO0000001' }],
            cancellations: [{ id: `${id}-1`, state: 'assessing', note: 'why', requestedAt: orderedAt }],
          }
        : { category: 'Service', lines: serviceLines }),
      externalId: `CRM-${index >> 1}`,
      state,
      orderedAt,
      ...(state === 'completed' ? { completedAt: later() } : {}),
      kept: {
        externalId: `CRM-${index >> 1}`,
        requestedStartDate: new Date(later()).toISOString(),
        requestedCompletionDate: new Date(later()).toISOString(),
      },
    };
    const versions = { catalogue: 'c', policies: 'p' };
    const entry = { orderId: id, entry: 1, at: start, input: captureOf(), versions, numbers: firstNumbers };
    const nothing = { numbersUsed: {}, effects: [], ends: [], keys: [] };
    const listed = { listed: listedOrder(order), parts: listedParts(order, undefined) };
    const stored = await store.commit({ order, expectedEntries: 0, entry: { ...entry }, ...listed, ...nothing });
    if (stored !== 'stored') throw new Error(`order ${id} was not stored`);
  }
}

async function withQuestions({ ask }: Listed, count: number): Promise<void> {
  const service = { serviceSpecification: { id: 'internet-access' } };
  for (let index = 0; index < count; index += 1) {
    const question = { externalId: `CRM-${index}`, serviceQualificationItem: [{ id: '1', service }] };
    const status = await ask('POST', checks, question);
    if (status !== 201) throw new Error(`question ${index} was answered ${status}`);
  }
}

async function ratioOf(small: Listed, large: Listed, target: string): Promise<number> {
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const [first, second] = pair % 2 === 0 ? [small, large] : [large, small];
    const [one, other] = [await timeOf(first, target), await timeOf(second, target)];
    ratios.push(pair % 2 === 0 ? other / one : one / other);
  }
  return ratios.toSorted((one, other) => one - other)[Math.floor(pairs / 2)] ?? Number.NaN;
}

/** The quickest of several: whatever else the machine does makes the others slower. */
async function timeOf({ ask }: Listed, target: string): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 7; time += 1) {
    const began = performance.now();
    const status = await ask('GET', target);
    quickest = Math.min(quickest, performance.now() - began);
    if (status !== 200 && status !== 206) throw new Error(`${target} was answered ${status}`);
  }
  return quickest;
}
