/** What an operator does by hand, as a request to the API that operators have. */
import type { CustomerOrder } from '../engine/index.ts';
import { type HttpRequest, jsonBody, jsonMediaType } from '../exchange/message.ts';
import type {
  ChangeCommandName,
  CommandStep,
  FalloutCommandName,
  OrderCommandName,
  ServiceOrderCommandName,
  TaskCommandName,
} from './step.ts';

/** The request, or what the step speaks of that is not there. */
export type Commanded =
  | { readonly ok: true; readonly request: Omit<HttpRequest, 'url'> & { readonly path: string } }
  | { readonly ok: false; readonly missing: string };

export function commanded(step: CommandStep, order: CustomerOrder): Commanded {
  const { command } = step;
  if (command === 'qualify' || command === 'decide') return aboutLines(step, command, order);
  if (command === 'set-result') return aboutResult(step, order);
  if (isOneOf(orderPaths, command))
    return requested('POST', `${pathOf(order)}/${orderPaths[command]}`, step, step.body);
  if (isOneOf(changePaths, command)) return aboutChange(step, command, order);
  if (isOneOf(taskPaths, command)) return aboutTask(step, command, order);
  if (isOneOf(falloutPaths, command)) return aboutFallout(step, command, order);
  return aboutServiceOrder(step, command, order);
}

const orderPaths: { readonly [name in OrderCommandName]: string } = {
  submit: 'submit',
  reject: 'reject',
  reopen: 'reopen',
  hold: 'hold',
  release: 'release',
  'request-information': 'requestInformation',
  'take-information': 'takeInformation',
};

const taskPaths: { readonly [name in TaskCommandName]: string } = {
  'start-task': 'start',
  'close-task': 'close',
  'hold-task': 'hold',
  'release-task': 'release',
  'request-task-information': 'requestInformation',
  'take-task-information': 'takeInformation',
  'create-header-task': '',
  'reschedule-task': 'dates',
};

const falloutPaths: { readonly [name in FalloutCommandName]: string } = {
  'create-fallout': '',
  'retry-fallout': 'retry',
  'mend-fallout': 'mend',
  'verify-fallout': 'verify',
  'reopen-fallout': 'reopen',
  'cancel-fallout': 'cancel',
};

const changePaths: { readonly [name in ChangeCommandName]: string } = {
  'revise-order': 'revise',
  'decide-revision': 'decideRevision',
  'cancel-order': 'cancel',
  'decide-cancellation': 'decideCancellation',
};

function isOneOf<Name extends string>(names: { readonly [name in Name]: string }, name: string): name is Name {
  return Object.hasOwn(names, name);
}

/** An item that is to have no other characteristics, is not wanted any more. */
function aboutChange(step: CommandStep, command: ChangeCommandName, order: CustomerOrder): Commanded {
  const { about, body } = step;
  const path = `${pathOf(order)}/${changePaths[command]}`;
  if (command === 'revise-order') {
    const { note, characteristics } = { ...body } as { note?: string; characteristics?: object }; // as `bodyOf` in step.ts made it
    const wish = characteristics === undefined ? { drop: true } : { characteristics };
    return requested('POST', path, step, {
      ...(note === undefined ? {} : { note }),
      items: [{ item: about, ...wish }],
    });
  }
  if (command !== 'cancel-order' || about === undefined) return requested('POST', path, step, body);
  const line = lineNamed(order, about);
  if (line === undefined) return missing(`no line "${about}"`, step);
  return requested('POST', path, step, { line, ...body });
}

/** The latest task of that name. */
function aboutTask(step: CommandStep, command: TaskCommandName, order: CustomerOrder): Commanded {
  const { about = '', body } = step;
  if (command === 'create-header-task') return requested('POST', `${pathOf(order)}/task`, step, { name: about });
  const task = order.tasks.findLast(({ name }) => name === about);
  if (task === undefined) return missing(`no task "${about}"`, step);
  // Whoever closes a task may say something of it, and need not.
  const content = command === 'close-task' ? { ...body } : body;
  return requested('POST', `${pathOf(order)}/task/${task.id}/${taskPaths[command]}`, step, content);
}

/** The latest fallout of a service order; a new one is about a task. */
function aboutFallout(step: CommandStep, command: FalloutCommandName, order: CustomerOrder): Commanded {
  const { about = '', body } = step;
  if (command === 'create-fallout') {
    const task = order.tasks.findLast(({ name }) => name === about);
    if (task === undefined) return missing(`no task "${about}"`, step);
    const { note = about } = { ...body } as { note?: string }; // as `bodyOf` in step.ts made it
    const content = { type: 'Provisioning Failure', description: note };
    return requested('POST', `${pathOf(order)}/task/${task.id}/fallout`, step, content);
  }
  const domainOrder = order.domainOrders.find(({ specification }) => specification === about);
  const fallout = order.fallouts.findLast((each) => each.domainOrder === domainOrder?.id);
  if (fallout === undefined) return missing(`no fallout of "${about}"`, step);
  return requested('POST', `${pathOf(order)}/fallout/${fallout.id}/${falloutPaths[command]}`, step, body);
}

/** What a party sends as a body, and by which roles. */
export function headersOf(contentType: string | undefined, roles: readonly string[] | undefined) {
  return {
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(roles === undefined ? {} : { 'x-southbound-roles': roles.join(',') }),
  };
}

function aboutLines(step: CommandStep, command: 'qualify' | 'decide', order: CustomerOrder): Commanded {
  const { about, body } = step;
  const line = about === undefined ? undefined : lineNamed(order, about);
  if (about !== undefined && line === undefined) return missing(`no line "${about}"`, step);
  const path = `${pathOf(order)}/${{ qualify: 'qualify', decide: 'decideQualification' }[command]}`;
  return requested('POST', path, step, { ...(line === undefined ? {} : { line }), ...body });
}

function aboutResult(step: CommandStep, order: CustomerOrder): Commanded {
  const { about = '' } = step;
  const thing = serviceOrderOf(order, about)?.id ?? lineNamed(order, about);
  if (thing === undefined) return missing(`neither a service order nor a line "${about}"`, step);
  return requested('POST', `${pathOf(order)}/qualificationResult`, step, { about: thing, ...step.body });
}

function aboutServiceOrder(step: CommandStep, command: ServiceOrderCommandName, order: CustomerOrder): Commanded {
  const { about = '', body } = step;
  const serviceOrder = serviceOrderOf(order, about);
  if (serviceOrder === undefined) return missing(`no service order "${about}"`, step);
  const place = `${pathOf(order)}/serviceOrder/${serviceOrder.id}`;
  switch (command) {
    case 'create':
      return requested('POST', `${place}/createOutboundRequest`, step, body);
    case 'revise':
      return requested('POST', `${place}/reviseOutboundRequest`, step, body);
    case 'update':
      return requested('PATCH', place, step, body);
    case 'complete':
      return requested('POST', `${place}/forceComplete`, step, body);
    case 'cancel':
      return requested('POST', `${place}/cancel`, step, body);
    case 'resolve': {
      const fallout = order.fallouts.findLast(({ domainOrder }) => domainOrder === serviceOrder.id)?.id ?? 'none';
      return requested('POST', `${pathOf(order)}/fallout/${fallout}/resolve`, step, body);
    }
    case 'accept-proposal': {
      const { proposal = 1 } = step;
      const number = serviceOrder.qualification?.proposals[proposal - 1]?.number ?? 'none';
      return requested('POST', `${place}/acceptProposal`, step, { proposal: number, ...body });
    }
  }
}

function pathOf({ id }: CustomerOrder): string {
  return `/southbound/v1/order/${id}`;
}

/** By its specification. */
function serviceOrderOf(
  { domainOrders }: CustomerOrder,
  about: string,
): CustomerOrder['domainOrders'][number] | undefined {
  return domainOrders.find(({ specification }) => specification === about);
}

/** By what whoever asked calls its item. */
function lineNamed({ lines }: CustomerOrder, item: string): string | undefined {
  return lines.find(({ externalId }) => externalId === item)?.id;
}

function missing(what: string, { order }: CommandStep): Commanded {
  return { ok: false, missing: `there is ${what} in an order named ${order}` };
}

function requested(method: string, path: string, { roles }: CommandStep, content: object | undefined): Commanded {
  if (content === undefined) return { ok: true, request: { method, path, headers: headersOf(undefined, roles) } };
  const request = { method, path, headers: headersOf(jsonMediaType, roles), body: jsonBody(content) };
  return { ok: true, request };
}
