/** Direct checks of faulty twins: what a probe finds at the conformant vendor, and what at the twin. */
import { describe, expect, it } from 'vitest';
import type { Twin } from '../../../contracts/twins/twin.ts';
import { conformant } from '../../../contracts/twins/vendor/conformant.ts';
import type { Answer } from '../../../exchange/endpoint.ts';
import { type Heard, opened } from './opened.ts';

export type Vendor = ReturnType<typeof opened>;

/** Of which twin, what is done, what the conformant vendor shows then, and what the twin does. */
export type Row = readonly [name: string, probe: (vendor: Vendor) => Promise<unknown>, right: unknown, wrong: unknown];

export function probed(theme: string, twins: readonly Twin[], rows: readonly Row[]): void {
  describe(`faulty twins: ${theme}`, () => {
    it('are probed, each of them', () => {
      expect(rows.map(([name]) => name).sort()).toEqual(twins.map(({ name }) => name).sort());
      expect(twins.filter(({ kind, breaks }) => kind !== 'faulty' || breaks === undefined)).toEqual([]);
    });

    it.each(rows)('%s', async (name, probe, right, wrong) => {
      const twin = twins.find((other) => other.name === name);
      expect(await probe(opened(conformant, { callbackSecret: 'secret' }))).toEqual(right);
      expect(await probe(opened(twin ?? conformant, { callbackSecret: 'secret' }))).toEqual(wrong);
    });
  });
}

/** The id of a new order, when it is so old. */
export async function ordered(
  { place, pass }: Vendor,
  ms = 0,
  specifications?: string[],
  more?: object,
): Promise<string> {
  const { body } = await place(specifications, more);
  if (ms > 0) await pass(ms);
  return body.id;
}

export const order = async ({ ask }: Vendor, id: string) => (await ask('GET', `/serviceOrder/${id}`)).body;

/** The states of an order and of its items, of the items' items in brackets. */
export async function look(vendor: Vendor, id: string): Promise<string> {
  const { state, serviceOrderItem } = await order(vendor, id);
  return [state, ...serviceOrderItem.map(textOf)].join(' ');
}

// biome-ignore lint/suspicious/noExplicitAny: an item as it came
function textOf({ state, serviceOrderItem }: any): string {
  return serviceOrderItem === undefined ? state : `${state}(${serviceOrderItem.map(textOf).join(' ')})`;
}

/** What is seen of it, one after another. */
export async function course(vendor: Vendor, id: string, ms: number): Promise<string[]> {
  const seen: string[] = [];
  const end = vendor.kernel.now() + ms;
  while (vendor.kernel.now() < end) {
    const text = await look(vendor, id);
    if (seen.at(-1) !== text) seen.push(text);
    await vendor.pass(40);
  }
  return seen;
}

export const patch = ({ ask }: Vendor, id: string, body: unknown) => ask('PATCH', `/serviceOrder/${id}`, body);

export const cancel = ({ ask }: Vendor, id: string, more: object = {}) =>
  ask('POST', '/cancelServiceOrder', { serviceOrder: { id }, ...more });

/** Asks for a cancellation, and lets so much time pass. */
export async function cancelled(vendor: Vendor, id: string, ms = 2_000) {
  const answer = await cancel(vendor, id, { cancellationReason: 'not wanted' });
  await vendor.pass(ms);
  return answer;
}

export const task = async ({ ask }: Vendor, id: string) => (await ask('GET', `/cancelServiceOrder/${id}`)).body;

/** Types of events, without what all of them have, and the states that they tell. */
export function told(heard: readonly Heard[]): string[] {
  return heard.map(({ body: { eventType, event } }) => {
    const { state } = event.serviceOrder ?? event.cancelServiceOrder;
    return `${eventType.replace('ServiceOrder', '').replace('Event', '')} ${state}`;
  });
}

/** States of cancel tasks that events tell. */
export function taskStatesTold(heard: readonly Heard[]): string[] {
  return heard.flatMap(({ body: { event } }) => event.cancelServiceOrder?.state ?? []);
}

export function count<T>(values: readonly T[], value: T): number {
  return values.filter((other) => other === value).length;
}

export const failure: Answer = { kind: 'reply', response: { status: 500, headers: {} }, afterMs: 1 };
export const success: Answer = { kind: 'reply', response: { status: 201, headers: {} }, afterMs: 1 };
