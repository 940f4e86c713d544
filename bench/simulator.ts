/**
 * The whole simulated life of an order, beside its floor: what the wire alone costs. The floor is every distinct message
 * of the order serialised once, parsed once and validated once, with the validators that the simulator uses.
 */
import { checkRequest, checkResponse, contractOf } from '../contracts/profile/contract.ts';
import type { ExchangeRecord } from '../contracts/records/exchange.ts';
import { jsonBody, jsonMediaType, pathAndQuery } from '../exchange/message.ts';
import { virtualKernel } from '../kernel/virtual-kernel.ts';
import { readDocument } from '../scenarios/files.ts';
import { answerProfile, requestProfile } from '../scenarios/judge.ts';
import { readScenario } from '../scenarios/scenario.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { type Figures, figuresOf } from './figures.ts';

const scenario = readScenario('scenarios/suites/spine/hierarchical-async.scenario.yaml');
const order = readDocument('scenarios/orders/broadband-100.json');

/** Rounds before the first that counts: fewer, and the compiler is still at work on the longer of the two. */
const warmUp = 8;

export interface SimulatorFigures {
  readonly domainOrders: string;
  readonly messages: number;
  readonly bytes: number;
  readonly lifeMs: Figures;
  readonly floorMs: Figures;
  /** Life over floor, round by round. */
  readonly ratio: Figures;
}

/** A message of an order: its value, and how it is checked. */
interface Message {
  readonly value: unknown;
  readonly text: string;
  readonly check: (value: unknown) => readonly unknown[];
}

/** @param options.rounds how often life and floor are measured in turn, after rounds to warm up. */
export async function measureSimulator(options: { rounds: number; orders: number }): Promise<SimulatorFigures> {
  const { rounds, orders } = options;
  const { messages, kinds } = await messagesOf(orders);
  const [first = []] = messages;
  const life: number[] = [];
  const floor: number[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const lifeMs = await lifeOf(orders);
    const floorMs = floorOf(messages);
    if (round < 0) continue;
    life.push(lifeMs);
    floor.push(floorMs);
  }
  return {
    domainOrders: kinds,
    messages: first.length,
    bytes: first.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    lifeMs: figuresOf(life),
    floorMs: figuresOf(floor),
    ratio: figuresOf(life.map((ms, round) => ms / (floor[round] ?? Number.NaN))),
  };
}

/** Milliseconds for each order, from posting it to its last event, journal digest and contract checks included. */
async function lifeOf(orders: number): Promise<number> {
  const world = await open(false);
  const before = performance.now();
  for (let count = 0; count < orders; count += 1) await live(world);
  const ms = (performance.now() - before) / orders;
  if (world.findings.length > 0) throw new Error(`the benchmark broke a contract: ${world.findings[0]?.message}`);
  return ms;
}

function floorOf(messages: readonly (readonly Message[])[]): number {
  const before = performance.now();
  for (const ofOrder of messages) {
    for (const { value, check } of ofOrder) {
      if (check(JSON.parse(JSON.stringify(value))).length > 0) throw new Error('a message of the floor is not valid');
    }
  }
  return (performance.now() - before) / messages.length;
}

async function messagesOf(orders: number): Promise<{ messages: Message[][]; kinds: string }> {
  const world = await open(true);
  const messages: Message[][] = [];
  for (let count = 0; count < orders; count += 1) {
    const before = world.journal.records.length;
    await live(world);
    const records = world.journal.records.slice(before);
    messages.push(records.flatMap((record) => (record.kind === 'exchange' ? messagesIn(record) : [])));
  }
  const { orders: found } = await world.engine.store.list({ category: 'Product', offset: 0, limit: 1 });
  const count = (kind: string) => found[0]?.domainOrders.filter((domainOrder) => domainOrder.kind === kind).length;
  return {
    messages,
    kinds: `${count('product')} product, ${count('service')} service, ${count('resource')} resource orders`,
  };
}

function messagesIn(record: ExchangeRecord): Message[] {
  const { request, outcome } = record;
  const contract = contractOf(request.method, pathAndQuery(request.path).path);
  if (contract === undefined) throw new Error(`no contract for ${request.method} ${request.path}`);
  const messages: Message[] = [];
  const add = (text: string | undefined, check: Message['check']) => {
    if (text !== undefined) messages.push({ text, value: JSON.parse(text), check });
  };
  add(request.body?.text, (value) => checkRequest(contract, requestProfile(record), value));
  if ('status' in outcome) {
    const { status } = outcome;
    add(outcome.body?.text, (body) => checkResponse(contract, answerProfile(record), { status, body }));
  }
  return messages;
}

/** The text of the service order that goes south for the order. */
export async function requestOfOrder(): Promise<string> {
  const world = await open(true);
  await live(world);
  const sent = world.journal.records.find(
    (record) =>
      record.kind === 'exchange' &&
      record.to === 'som' &&
      record.request.method === 'POST' &&
      record.request.path.endsWith('/serviceOrder'),
  );
  if (sent?.kind !== 'exchange' || sent.request.body === undefined) throw new Error('nothing was sent to the SOM');
  return sent.request.body.text;
}

/** The same order with its first item alone. */
export function withOneItem(text: string): string {
  const order = JSON.parse(text);
  const [{ serviceOrderItemRelationship: _, ...item }] = order.serviceOrderItem;
  return JSON.stringify({ ...order, serviceOrderItem: [item] });
}

function open(keepJournal: boolean): Promise<World> {
  return openWorld({ ...scenario, kernel: virtualKernel({ seed: 'bench' }), transport: 'direct', keepJournal });
}

async function live({ kernel, ...world }: World): Promise<void> {
  const path = '/tmf-api/productOrderingManagement/v4/productOrder';
  const headers = { 'content-type': jsonMediaType };
  await world.ask('crm', { to: 'om', method: 'POST', path, headers, body: jsonBody(order) });
  await kernel.run();
}
