/** Does what a scenario says is done, one step after another, and holds each answer against what was expected of it. */
import type { RunFinding } from '../contracts/records/run.ts';
import {
  nativeQualificationBase,
  type Policies,
  productOrderingBase,
  resourceOrderingBase,
  serviceOrderingBase,
  serviceQualificationBase,
} from '../engine/index.ts';
import type { Outcome } from '../exchange/client.ts';
import { type Body, type Headers, jsonBody, jsonMediaType } from '../exchange/message.ts';
import { checkOutcome } from './check.ts';
import { commanded, headersOf } from './commanding.ts';
import { faultHeader } from './judge.ts';
import { unlike } from './pattern.ts';
import { filledIn } from './placeholders.ts';
import type { Expected, ScenarioStep } from './step.ts';
import { viewOf } from './views.ts';
import type { Driven } from './world.ts';

type StepOf<Kind> = Extract<ScenarioStep, { kind: Kind }>;

/** @param names gets the id of every order and question that the steps give a name. */
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
    case 'listener':
      world.listener.mood = step.mood;
      return [];
    case 'policies':
      await usePolicies(world, step.policies);
      return [];
    case 'now':
      return checkOutcome(world, step.expected, names, `${step.pointer}/now`);
    case 'order':
    case 'question':
      return place(world, step, names);
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

async function place(
  world: Driven,
  step: StepOf<'order'> | StepOf<'question'>,
  names: Map<string, string>,
): Promise<RunFinding[]> {
  const body = jsonBody(filledIn(step.body, await viewOf(world, names)));
  const headers = messageHeaders(step);
  const outcome = await world.ask('crm', { to: 'om', method: 'POST', path: pathOf(step), headers, body });
  const id = idIn(outcome);
  if (id !== undefined) names.set(step.name, id);
  return unexpected(step, outcome, step.expect ?? { status: step.invalid === undefined ? 201 : 400 });
}

const collections: { readonly [through in StepOf<'order'>['through']]: string } = {
  TMF622: `${productOrderingBase}/productOrder`,
  TMF641: `${serviceOrderingBase}/serviceOrder`,
  TMF652: `${resourceOrderingBase}/resourceOrder`,
};

function pathOf(step: StepOf<'order'> | StepOf<'question'>): string {
  if (step.kind === 'order') {
    return collections[step.through];
  }
  if (step.through === 'native') return `${nativeQualificationBase}/checkServiceQualification`;
  const isQuery = typeof step.body === 'object' && step.body !== null && 'searchCriteria' in step.body;
  return `${serviceQualificationBase}/${isQuery ? 'query' : 'check'}ServiceQualification`;
}

async function approve(world: Driven, step: StepOf<'approve'>, names: Map<string, string>): Promise<RunFinding[]> {
  const id = names.get(step.order);
  if (id === undefined) return [expectation(`there is no order named ${step.order}`, `${step.pointer}/approve`)];
  const path = `/southbound/v1/order/${id}/approve`;
  const outcome = await world.ask('crm', { to: 'om', method: 'POST', path, headers: headersOf(undefined, step.roles) });
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
  if (order === undefined) return [expectation(`there is no order named ${step.order}`, step.pointer)];
  const given = commanded(step, order);
  if (!given.ok) return [expectation(given.missing, step.pointer)];
  const outcome = await world.ask('crm', { to: 'om', ...given.request });
  return unexpected(step, outcome, step.expect ?? { status: 200 });
}

async function send(world: Driven, step: StepOf<'send'>, names: ReadonlyMap<string, string>): Promise<RunFinding[]> {
  const views = await viewOf(world, names);
  const { from, to, method } = step;
  const body = bodyOf(step, views);
  const path = String(filledIn(step.path, views));
  const outcome = await world.ask(from, {
    to,
    method,
    path,
    headers: messageHeaders(step),
    ...(body === undefined ? {} : { body }),
  });
  return step.expect === undefined ? [] : unexpected(step, outcome, step.expect);
}

function bodyOf({ body, text }: StepOf<'send'>, views: unknown): Body | undefined {
  if (text !== undefined) return { text, json: undefined };
  return body === undefined ? undefined : jsonBody(filledIn(body, views));
}

/** A message that is declared invalid says so on the wire, for whoever checks it. */
function messageHeaders(step: StepOf<'order'> | StepOf<'question'> | StepOf<'send'>): Headers {
  const contentType = step.kind === 'send' ? (step.contentType ?? jsonMediaType) : jsonMediaType;
  const headers = headersOf(contentType, step.kind === 'order' ? undefined : step.roles);
  return step.invalid === undefined ? headers : { ...headers, [faultHeader]: step.invalid };
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
