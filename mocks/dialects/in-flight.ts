/** What a dialect can be asked of an order that it has: to amend it, and to cancel it. */
import { checkOf } from '../../contracts/profile/contract.ts';
import { type ErrorAnswer, errorAnswer, errorOfFindings } from '../../contracts/schemas/tmf-error.ts';
import type { Answer } from '../../exchange/endpoint.ts';
import { jsonResponse } from '../../exchange/message.ts';
import type { Route, RoutedRequest } from '../../exchange/router.ts';
import { refusal, reply } from '../answers.ts';
import { scriptedResponse } from '../response.ts';
import type { State } from '../script/lifecycle.ts';
import type { OrderLife } from '../som-life.ts';
import { hasEnded, type SomOrder } from '../som-order.ts';
import type { InFlight, SomScript } from '../som-script.ts';
import type { Dialect } from './dialect.ts';

/** Amending and cancelling takes as long as a usual answer. */
const answerMs = 100;

export function inFlightRoutes(options: {
  dialect: Dialect;
  life: OrderLife;
  script: () => SomScript;
  /** Takes an order, wherever it was sent to. */
  create: (request: RoutedRequest) => Answer;
  /** Where the API is, for links in answers. */
  baseUrl: string;
}): Route<Answer>[] {
  const { life, create, baseUrl } = options;
  const { api, resource, basePath, collection, amendment, cancelPath } = options.dialect;
  if (amendment === undefined) return [];

  /** What the script has in place of an acceptance. Refusals are the same for every operation, so one path says what they may be. */
  const scripted = (request: InFlight): Answer | undefined => {
    const answer = options.script().inFlight[request];
    return answer.kind === 'accept'
      ? undefined
      : scriptedResponse(answer, answerMs, `${basePath}${cancelPath?.replace('{id}', '1') ?? collection}`);
  };

  const amend = ({ params, body }: RoutedRequest): Answer => {
    const { id = '' } = params;
    const unfit = unfitToChange(life, id) ?? scripted('amendments');
    if (unfit !== undefined) return unfit;
    const findings = checkOf(api, 'conformance', `${resource}_Update`)(body?.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const known = life.orders.get(id);
    if (known === undefined) throw new Error(`order ${id} is gone while it is amended`);
    const amended = amendment.apply(known, body?.json);
    const wanted = amendment.stateIn?.(body?.json) ?? known.state;
    if (wanted !== known.state && !life.canMove(amended, wanted)) return refusal(errorOfMove(known, wanted));
    life.amend(amended, amendment.isTold ? changedBetween(shown(known), shown(amended)) : undefined);
    if (wanted !== known.state) life.move(amended, wanted);
    return reply(jsonResponse(amendment.status, amendment.answer(life.orders.get(id) ?? amended, baseUrl)), answerMs);
  };

  const shown = (order: SomOrder) => options.dialect.shown(order, baseUrl);

  const cancel = ({ params, body }: RoutedRequest): Answer => {
    const { id = '' } = params;
    const unfit = unfitToChange(life, id) ?? scripted('cancellations');
    if (unfit !== undefined) return unfit;
    const findings = checkOf(api, 'conformance', 'CancelServiceOrder_Create')(body?.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    life.cancel(id);
    return reply(jsonResponse(200, { id }), answerMs);
  };

  const patch = { method: 'PATCH', path: `${basePath}${collection}/{id}`, handle: amend };
  if (cancelPath === undefined) return [patch];
  return [
    patch,
    { method: 'POST', path: `${basePath}${collection}/{id}`, handle: create },
    { method: 'POST', path: `${basePath}${cancelPath}`, handle: cancel },
  ];
}

function unfitToChange(life: OrderLife, id: string): Answer | undefined {
  const order = life.orders.get(id);
  if (order === undefined) return refusal(errorAnswer(404, '60', 'Resource not found', `No service order ${id}`));
  if (!hasEnded(order)) return undefined;
  return refusal(errorAnswer(409, '62', 'Order has ended', `Service order ${id} is ${order.state} already`));
}

function errorOfMove({ id, state }: SomOrder, wanted: State): ErrorAnswer {
  const message = `Service order ${id} is ${state}, and cannot become ${wanted}`;
  return errorAnswer(400, '24', 'Invalid body field', message, [{ message, datapath: '/state' }]);
}

/** The attributes that differ, as the fieldPath of an event; `undefined` when none does. */
function changedBetween(before: object, after: object): string | undefined {
  const was = writtenAttributes(before);
  const is = writtenAttributes(after);
  const names = new Set([...was.keys(), ...is.keys()]);
  const changed = [...names].filter((name) => was.get(name) !== is.get(name));
  return changed.length === 0 ? undefined : changed.join(',');
}

function writtenAttributes(resource: object): Map<string, string> {
  return new Map(Object.entries(resource).map(([name, value]) => [name, JSON.stringify(value)]));
}
