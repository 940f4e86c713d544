/** An inventory system that is asked over its paths, with a listener; every message is held against its contract, both ways. */
import { expect } from 'vitest';
import { checkRequest, checkResponse, contractOf } from '../../../contracts/profile/contract.ts';
import { findingText } from '../../../contracts/schemas/finding.ts';
import type { Outcome } from '../../../exchange/client.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Endpoint } from '../../../exchange/endpoint.ts';
import { jsonBody, jsonMediaType, type ReceivedRequest, receivedBody } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';
import { Inventory } from '../../../mocks/inventory/inventory.ts';
import { readInventory } from '../../../mocks/inventory/inventory-file.ts';

export const checks = '/tmf-api/serviceQualificationManagement/v4/checkServiceQualification';
export const queries = '/tmf-api/serviceQualificationManagement/v4/queryServiceQualification';
export const services = '/tmf-api/serviceInventory/v4/service';
export const resources = '/tmf-api/resourceInventoryManagement/v4';

export const specifications = {
  'access-line': { name: 'Access line', alternatives: ['wireless-line'] },
  'wireless-line': { name: 'Wireless line' },
  'internet-access': { name: 'Internet access', limited: false },
};

/** Room for two at `a`, none at `b`. */
export const sites = [
  { id: 'a', name: 'Site A', capacity: { 'access-line': 2 } },
  { id: 'b', name: 'Site B', capacity: { 'wireless-line': 1 } },
];

/** The hub beside a collection. */
export const hubOf = (collection: string) => collection.replace(/[^/]+$/, 'hub');

export interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests that know their shape
  readonly body: any;
  readonly headers: { readonly [name: string]: string };
}

export function openInventory(file: object = {}) {
  const read = readInventory({ inventory: 'test', specifications, sites, ...file });
  if (!read.ok) throw new Error(read.findings.map(findingText).join('\n'));
  const kernel = virtualKernel({ seed: '1' });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const told: ReceivedRequest[] = [];
  const toldAt: number[] = [];
  const inventory = new Inventory({
    kernel,
    inventory: read.inventory,
    client,
    publicUrl: 'http://inventory.test',
    callbackUrl: 'http://om.test',
  });
  network.set('http://inventory.test', inventory.endpoint);
  network.set('http://om.test', (request) => {
    told.push(request);
    toldAt.push(kernel.now());
    return { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 0 };
  });
  const openedAt = kernel.now();

  /** Whatever comes of it. */
  async function send(method: string, path: string, body?: unknown, mediaType = jsonMediaType): Promise<Outcome> {
    let outcome: Outcome | undefined;
    kernel.call('ask', async () => {
      const text = typeof body === 'string' ? (receivedBody(body) ?? { text: '', json: undefined }) : jsonBody(body);
      const request = { method, url: `http://inventory.test${path}`, headers: { 'content-type': mediaType } };
      outcome = await client.send(body === undefined ? request : { ...request, body: text }, { timeoutMs: 30_000 });
    });
    await kernel.run(Number.POSITIVE_INFINITY, () => outcome !== undefined);
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  }

  /** An honest request and an honest answer. */
  async function ask(method: string, path: string, body?: unknown): Promise<Answered> {
    const contract = contractOf(method, path.replace(/\?.*/, ''));
    if (contract === undefined) throw new Error(`nobody knows ${method} ${path}`);
    const outcome = await send(method, path, body);
    if (outcome.kind !== 'answered') throw new Error(`${method} ${path}: ${outcome.kind}`);
    const { status, headers, body: answer } = outcome.response;
    if (status < 400) expect(checkRequest(contract, 'conformance', body)).toEqual([]);
    // What is cut to some fields is not whole.
    if (!path.includes('fields=')) {
      expect(checkResponse(contract, 'own', { status, body: answer?.json })).toEqual([]);
    }
    return { status, headers, body: answer?.json };
  }

  const subscribe = (path: string, query?: string) =>
    ask('POST', hubOf(path), {
      callback: 'http://om.test/events',
      ...(query === undefined ? {} : { query }),
    });

  /** Every message that was told: those that break their contract say so, and no others. */
  function undeclared(): string[] {
    return told.flatMap((request) => {
      const contract = contractOf(request.method, request.path);
      if (contract === undefined) return [`nobody knows ${request.path}`];
      const findings = checkRequest(contract, 'own', request.body?.json);
      const isDeclared = 'x-southbound-fault' in request.headers;
      return (findings.length === 0) === isDeclared ? [`${request.path}: ${findings.map(findingText).join('; ')}`] : [];
    });
  }

  /** What was told, each by the last part of its path, with the state or the results in it. */
  const said = () =>
    told.map(({ path, body }) => {
      // biome-ignore lint/suspicious/noExplicitAny: messages are looked into by tests that know their shape
      const message = body?.json as any;
      const [resource] = Object.values((message?.event ?? { message }) as { [name: string]: typeof message });
      const results = (resource?.serviceQualificationItem ?? []).map(
        (each: { id: string; qualificationResult?: string }) => `${each.id}=${each.qualificationResult ?? '-'}`,
      );
      return [path.split('/').at(-1), resource?.state, ...results].filter((part) => part !== undefined).join(' ');
    });

  const pass = async (durationMs: number) => kernel.run(kernel.now() + durationMs);

  /** As a pool shows itself. */
  async function pool(site: string, specification = 'access-line') {
    const { body } = await ask('GET', `${resources}/logicalResource/pool:${site}:${specification}`);
    const values = body.resourceCharacteristic.map(({ name, value }: { name: string; value: number }) => [name, value]);
    return Object.fromEntries(values) as { capacity: number; used: number; reserved: number; free: number };
  }

  return { kernel, inventory, network, send, ask, subscribe, told, toldAt, undeclared, said, pass, pool, openedAt };
}

export type OpenInventory = ReturnType<typeof openInventory>;

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

export const item = (id: string, site = 'a', specification = 'access-line', more: object = {}) => ({
  id,
  service: {
    serviceSpecification: { id: specification },
    place: [{ id: site, role: 'installation' }],
    serviceCharacteristic: [{ name: 'speed', valueType: 'string', value: '1 Gbps' }],
    ...more,
  },
});

export const reserved = (id: string, site?: string, specification?: string) =>
  item(id, site, specification, { state: 'reserved' });

export const check = (...items: object[]) => ({
  externalId: 'r-1',
  provideAlternative: true,
  provideUnavailabilityReason: true,
  serviceQualificationItem: items,
});

export const service = (site = 'a', specification = 'access-line', more: object = {}) => ({
  state: 'active',
  serviceSpecification: { id: specification },
  place: [{ id: site, role: 'installation' }],
  ...more,
});

export const reservedBy = (id: string) => ({
  relatedEntity: [{ id, role: 'reservation', '@referredType': 'CheckServiceQualification' }],
});
