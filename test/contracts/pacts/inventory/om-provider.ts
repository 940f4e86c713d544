/** Our order management as the provider of the pact: in each of its states it has asked something, and has no answer yet. */

import { errorOfStatus } from '../../../../contracts/schemas/tmf-error.ts';
import type { CustomerOrder } from '../../../../engine/model/order.ts';
import type { Qualification } from '../../../../engine/model/qualification/result.ts';
import { nativeQualificationBase } from '../../../../engine/wire/qualification/native-check.ts';
import type { Answer } from '../../../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../../../exchange/fastify.ts';
import { type HttpResponse, jsonResponse, type ReceivedRequest } from '../../../../exchange/message.ts';
import { SystemKernel } from '../../../../kernel/system-kernel.ts';
import { type AskingEngine, idsIn, openAskingEngine, promising, questionIn } from '../../../support/asking-engine.ts';
import type { ProviderState } from '../verdict.ts';
import { site } from './examples.ts';
import { type Heard, states } from './tellings.ts';

/** How well it keeps to the pact: all but `sound` are there to prove that a verification would notice. */
export type OmConduct = 'sound' | 'other words' | 'reads other names';

/** The services asked about in each state, each in a line of its own, in the order in which they are asked about. */
const questions: { readonly [state: string]: readonly string[] } = {
  [states.asked]: ['internet'],
  [states.accepted]: ['internet'],
  [states.askedTwice]: ['radio-internet', 'voice'],
  [states.nothing]: [],
};

export function knowsState(name: string): boolean {
  return Object.hasOwn(questions, name);
}

export interface ServedOm extends Served {
  /** From now on it is in that state, and remembers nothing of any other. Gives the ids of what it has asked. */
  enter(state: ProviderState): Promise<{ [id: string]: string }>;
  /** What it has made, each time it was told something, of what it was told: by the name in `interactionHeader`. */
  readonly heard: { [interaction: string]: Heard };
}

/** Says of a request which interaction it belongs to. */
export const interactionHeader = 'x-southbound-interaction';

/** On a free port; its own clock stands. */
export async function serveOm(conduct: OmConduct): Promise<ServedOm> {
  const kernel = new SystemKernel({
    seed: 'pact',
    onFault: (fault) => {
      throw fault;
    },
  });
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  const entered: { asking?: AskingEngine; orderId?: string } = {};
  const heard: { [interaction: string]: Heard } = {};
  const endpoint = async ({ method, path, headers, body }: ReceivedRequest): Promise<Answer> => {
    const { asking, orderId = '' } = entered;
    if (asking === undefined) return { kind: 'reply', response: refuse(500, 'It is in no state yet'), afterMs: 0 };
    const said = conduct === 'reads other names' ? renamed(body?.json) : body?.json;
    const { status, body: answered } = await asking.send(method, path, said);
    heard[headers[interactionHeader] ?? ''] = heardOf(await asking.engine.order(orderId));
    const response = answered === undefined ? { status, headers: {} } : jsonResponse(status, answered);
    return { kind: 'reply', response: conduct === 'other words' ? spoiled(response) : response, afterMs: 0 };
  };
  const served = await serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse });
  const enter = async ({ name }: ProviderState) => {
    const { asking, orderId, ids } = await askedIn(name);
    Object.assign(entered, { asking, orderId });
    return ids;
  };
  return { ...served, enter, heard };
}

async function askedIn(name: string) {
  const asking = await openAskingEngine({ inventory: promising });
  const asked = questions[name] ?? [];
  if (asked.length === 0) return { asking, orderId: '', ids: {} };
  const collection = `${nativeQualificationBase}/checkServiceQualification`;
  const { body } = await asking.send('POST', collection, {
    relatedParty: [{ id: 'customer-1' }],
    serviceQualificationItem: asked.map((id, index) => ({
      id: String(index + 1),
      service: { place: [{ id: site.id }], serviceSpecification: { id } },
    })),
  });
  const orderId = String(body.id);
  const serviceOrders = asking.atInventory.flatMap((request) => Object.values(idsIn(request)));
  const [firstServiceOrder = '', secondServiceOrder = ''] = serviceOrders;
  const [request] = asking.atInventory;
  const requestId = request === undefined ? '' : (questionIn(request).externalId ?? '');
  if (name === states.accepted) {
    const serviceQualificationItem = serviceOrders.map((id) => ({ id, qualificationResult: 'qualified' }));
    await asking.send('POST', `${collection}/processResult`, { serviceQualificationItem });
    await asking.send('POST', `/southbound/v1/order/${orderId}/decideQualification`, { decision: 'accept' });
  }
  return { asking, orderId, ids: { checkId: 'check-1', requestId, firstServiceOrder, secondServiceOrder } };
}

function heardOf(order: CustomerOrder | undefined): Heard {
  if (order === undefined) return { order: 'nobody', services: [] };
  const services = order.domainOrders.map(
    ({ specification, qualification }) => `${specification} ${qualification === undefined ? '' : told(qualification)}`,
  );
  return { order: order.qualificationResult ?? 'none', services };
}

function told({ result, reasons, proposals }: Qualification): string {
  const instead = proposals.map(({ specification, characteristics, availableAt = 0 }) => {
    const values = characteristics.map(({ name, value }) => `${name} ${value}`);
    return [specification, ...values, new Date(availableAt).toISOString().slice(0, 10)].join(', ');
  });
  const why = [...reasons.map(({ label }) => label), ...instead];
  return `${result}${why.length === 0 ? '' : `: ${why.join('; ')}`}`;
}

/** As if it looked for the results under another name. */
function renamed(json: unknown): unknown {
  return json === undefined
    ? undefined
    : JSON.parse(JSON.stringify(json).replaceAll('"qualificationResult":', '"result":'));
}

/** Other words for results and refusals, and another status where it says nothing. */
function spoiled({ status, headers, body }: HttpResponse): HttpResponse {
  if (body === undefined) return { status: status + 1, headers };
  const text = body.text.replaceAll(/"(qualificationResult|message)":"/g, '"$1":"Not ');
  return jsonResponse(status, JSON.parse(text));
}
