/** A simulated party with a listener that keeps what it is told, and a way to ask it things. */
import { checkRequest, contractOf } from '../../contracts/profile/contract.ts';
import { findingText } from '../../contracts/schemas/finding.ts';
import type { Outcome } from '../../exchange/client.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, type ReceivedRequest, receivedBody } from '../../exchange/message.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { Som } from '../../mocks/som.ts';
import { readSomScript } from '../../mocks/som-script.ts';

export const orders = '/tmf-api/serviceOrdering/v4/serviceOrder';

export const item = (id: string, specification = 'access-line', action = 'add') => ({
  id,
  action,
  service: { id: `svc-${id}`, serviceSpecification: { id: specification } },
});

export const order = (externalId: string, ...items: object[]) => ({
  externalId,
  serviceOrderItem: items.length > 0 ? items : [item('a'), item('b', 'router')],
});

export function simulated(file: object) {
  const read = readSomScript(['flowone', 'rom', 'wom'].some((each) => each in file) ? file : { som: 'test', ...file });
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const told: ReceivedRequest[] = [];
  const toldAt: number[] = [];
  const som = new Som({
    kernel,
    script: read.script,
    client,
    publicUrl: 'http://som.test',
    callbackUrl: 'http://om.test',
  });
  network.set('http://som.test', som.endpoint);
  network.set('http://om.test', (request) => {
    told.push(request);
    toldAt.push(kernel.now());
    return { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  });
  async function ask(method: string, path: string, body?: unknown, timeoutMs = 30_000): Promise<Outcome> {
    let outcome: Outcome | undefined;
    const headers = { 'content-type': jsonMediaType };
    kernel.call('ask', async () => {
      const sent =
        body === undefined
          ? {}
          : { body: typeof body === 'string' ? (receivedBody(body) ?? { text: '', json: undefined }) : jsonBody(body) };
      outcome = await client.send({ method, url: `http://som.test${path}`, headers, ...sent }, { timeoutMs });
    });
    await kernel.run(Number.POSITIVE_INFINITY, () => outcome !== undefined);
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  }
  const collection = read.script.personality === 'flowone' ? '/flowone/v1/serviceorder' : orders;
  const place = (body: unknown, timeoutMs?: number) => ask('POST', collection, body, timeoutMs);
  const subscribe = () =>
    read.script.personality === 'flowone'
      ? ask('POST', '/flowone/v1/hub', { callback: 'http://om.test/callback/api/v1/event' })
      : ask('POST', '/tmf-api/serviceOrdering/v4/hub', { callback: 'http://om.test/x' });
  /** What was told once the new order had been announced, which comes first, and once. */
  const toldLater = () => {
    const announcements = told.filter(({ path }) => path.endsWith('/serviceOrderCreateEvent'));
    if (announcements.length !== 1 || told[0] !== announcements[0])
      throw new Error(`told ${told.map(({ path }) => path).join(', ')}: a new order is announced first, and once`);
    return told.slice(1);
  };
  const states = () =>
    told.map(({ path, body }) => {
      const event = body?.json as { event: { serviceOrder: { state: string; serviceOrderItem: { state: string }[] } } };
      const { state, serviceOrderItem } = event.event.serviceOrder;
      return `${path.split('/').at(-1)} ${state}: ${serviceOrderItem.map((each) => each.state).join(' ')}`;
    });
  /** Every message that was told, held against its contract: those that break it say so, and no others. */
  const undeclared = () =>
    told.filter((request) => {
      const contract = contractOf(request.method, request.path);
      if (contract === undefined) throw new Error(`nobody knows ${request.path}`);
      const isSound = checkRequest(contract, 'own', request.body?.json).length === 0;
      return isSound === 'x-southbound-fault' in request.headers;
    });
  return { kernel, som, ask, place, subscribe, told, toldLater, toldAt, states, undeclared };
}

export const bodyOf = (outcome: Outcome) =>
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
  (outcome.kind === 'answered' ? outcome.response.body?.json : undefined) as any;
