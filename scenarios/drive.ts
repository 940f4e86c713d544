/** Does what a scenario says is done, one step after another, and holds each answer against what was expected of it. */
import type { RunFinding } from '../contracts/records/run.ts';
import { type Policies, productOrderingBase, serviceOrderingBase } from '../engine/index.ts';
import type { Outcome } from '../exchange/client.ts';
import { type Body, type Headers, jsonBody, jsonMediaType } from '../exchange/message.ts';
import { unlike } from './pattern.ts';
import { filledIn, orderViewOf } from './placeholders.ts';
import type { Expected, ScenarioStep } from './scenario.ts';
import type { Driven } from './world.ts';

type StepOf<Kind> = Extract<ScenarioStep, { kind: Kind }>;

/** @param names gets the id of every order that the steps give a name. */
export async function driveSteps(
  world: Driven,
  steps: readonly ScenarioStep[],
  names: Map<string, string>,
): Promise<RunFinding[]> {
  const findings: RunFinding[] = [];
  for (const step of steps) findings.push(...(await driveStep(world, step, names)));
  return findings;
}

async function driveStep(world: Driven, step: ScenarioStep, names: Map<string, string>): Promise<RunFinding[]> {
  switch (step.kind) {
    case 'restart':
      if (world.restart === undefined) return [expectation('the order management cannot die here', step.pointer)];
      await world.restart();
      return [];
    case 'wait':
      await world.pass(step.forMs);
      return [];
    case 'policies':
      await usePolicies(world, step.policies);
      return [];
    case 'order':
      return placeOrder(world, step, names);
    case 'approve':
      return approve(world, step, names);
    case 'command':
      return command(world, step, names);
    case 'send':
      return send(world, step, names);
  }
}

async function usePolicies(world: Driven, policies: Policies): Promise<void> {
  await world.kernel.exclusively(() => world.engine.usePolicies(policies));
}

async function placeOrder(world: Driven, step: StepOf<'order'>, names: Map<string, string>): Promise<RunFinding[]> {
  const path =
    step.through === 'TMF622' ? `${productOrderingBase}/productOrder` : `${serviceOrderingBase}/serviceOrder`;
  const outcome = await world.ask('crm', {
    to: 'om',
    method: 'POST',
    path,
    headers: headersOf(step),
    body: jsonBody(step.body),
  });
  const id = idIn(outcome);
  if (id !== undefined) names.set(step.name, id);
  const usual: Expected = step.invalid === undefined ? { status: 201 } : { status: 400 };
  return unexpected(step, outcome, step.expect ?? usual);
}

async function approve(world: Driven, step: StepOf<'approve'>, names: Map<string, string>): Promise<RunFinding[]> {
  const id = names.get(step.order);
  if (id === undefined) return [expectation(`there is no order named ${step.order}`, `${step.pointer}/approve`)];
  const path = `/southbound/v1/order/${id}/approve`;
  const outcome = await world.ask('crm', { to: 'om', method: 'POST', path, headers: {} });
  return unexpected(step, outcome, step.expect ?? { status: 200 });
}

/** Through the API that operators have. */
async function command(
  world: Driven,
  step: StepOf<'command'>,
  names: ReadonlyMap<string, string>,
): Promise<RunFinding[]> {
  const id = names.get(step.order);
  const order = id === undefined ? undefined : await world.engine.order(id);
  const serviceOrder = order?.domainOrders.find(({ specification }) => specification === step.about);
  if (order === undefined || serviceOrder === undefined) {
    return [expectation(`there is no service order "${step.about}" in an order named ${step.order}`, step.pointer)];
  }
  const fallout = order.fallouts.findLast(({ domainOrder }) => domainOrder === serviceOrder.id)?.id ?? 'none';
  const place = `/southbound/v1/order/${order.id}/serviceOrder/${serviceOrder.id}`;
  const [method, path] = {
    create: ['POST', `${place}/createOutboundRequest`],
    revise: ['POST', `${place}/reviseOutboundRequest`],
    update: ['PATCH', place],
    complete: ['POST', `${place}/forceComplete`],
    cancel: ['POST', `${place}/cancel`],
    resolve: ['POST', `/southbound/v1/order/${order.id}/fallout/${fallout}/resolve`],
  }[step.command] as [string, string]; // each of them is such a pair
  const roles = step.roles === undefined ? {} : { 'x-southbound-roles': step.roles.join(',') };
  const headers = step.body === undefined ? roles : { 'content-type': jsonMediaType, ...roles };
  const body = step.body === undefined ? {} : { body: jsonBody(step.body) };
  const outcome = await world.ask('crm', { to: 'om', method, path, headers, ...body });
  return unexpected(step, outcome, step.expect ?? { status: 200 });
}

async function send(world: Driven, step: StepOf<'send'>, names: ReadonlyMap<string, string>): Promise<RunFinding[]> {
  const orders = await orderViewOf(world, names);
  const { from, to, method } = step;
  const body = bodyOf(step, orders);
  const path = String(filledIn(step.path, orders));
  const outcome = await world.ask(from, {
    to,
    method,
    path,
    headers: headersOf(step),
    ...(body === undefined ? {} : { body }),
  });
  return step.expect === undefined ? [] : unexpected(step, outcome, step.expect);
}

function bodyOf({ body, text }: StepOf<'send'>, orders: unknown): Body | undefined {
  if (text !== undefined) return { text, json: undefined };
  return body === undefined ? undefined : jsonBody(filledIn(body, orders));
}

/** A message that is declared invalid says so on the wire, for whoever checks it. */
function headersOf(step: StepOf<'order'> | StepOf<'send'>): Headers {
  const contentType = step.kind === 'send' ? (step.contentType ?? jsonMediaType) : jsonMediaType;
  const headers = { 'content-type': contentType };
  return step.invalid === undefined ? headers : { ...headers, 'x-southbound-fault': step.invalid };
}

function idIn(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'answered' || outcome.response.status >= 300) return undefined;
  const body = outcome.response.body?.json;
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

function unexpected(step: ScenarioStep, outcome: Outcome, expected: Expected): RunFinding[] {
  const got =
    outcome.kind === 'answered' || outcome.kind === 'malformed'
      ? { status: outcome.response.status, headers: outcome.response.headers, body: outcome.response.body?.json }
      : { status: outcome.kind, body: undefined };
  return unlike(expected, got).map(({ message, pointer }) =>
    expectation(`${message}${reasonIn(got.body)}`, `${step.pointer}/expect${pointer ?? ''}`),
  );
}

/** What an answer that was not expected says of itself, where it is an error. */
function reasonIn(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('reason' in body)) return '';
  return `; it says: ${body.reason}${'message' in body ? `: ${body.message}` : ''}`;
}

function expectation(message: string, pointer: string): RunFinding {
  return { check: 'expectation', message, pointer };
}
