/** Orders that ask whether a service can be had, for tests of the core. */
import type { CapturedLine } from '../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../engine/model/order.ts';
import type { QualificationReport, ReportedResult } from '../../engine/model/qualification/result.ts';
import { captureOf, type Happening, Life, policiesOf, serviceLineOf } from './orders.ts';

export const askingPolicies = policiesWith({});

/** Asks `north`, unless told otherwise. */
export function policiesWith(changes: { qualification?: object; definitions?: object[]; adapters?: object[] }) {
  const { qualification = {}, definitions, adapters } = changes;
  return policiesOf({
    policies: 'asking',
    approval: 'manual',
    outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'som' } }] },
    requestTypes: [
      {
        name: 'Order Qualification Request',
        definitions: definitions ?? [{ name: 'North', order: 10, adapter: 'north' }],
      },
    ],
    adapters: adapters ?? [{ name: 'north', targetSystem: 'north' }],
    qualification,
  });
}

export const place = { id: 'site-1', name: 'Site 1', role: 'installation' };

/** Internet access with a rented router, at a site. */
export function askingFor(changes: Partial<CapturedLine> = {}): CapturedLine {
  const { characteristics = [], ...others } = changes;
  const rented = { name: 'router', value: 'rented' };
  return serviceLineOf('internet-access', { place, ...others, characteristics: [rented, ...characteristics] });
}

/** A captured and approved question about internet access at a site: one CFS, and three RFS below it. */
export function approvedQuestion(policies = askingPolicies, lines = [askingFor()]): Life {
  const life = new Life(policies);
  life.take(captureOf({ category: 'Service', fulfillmentType: 'Qualify', lines }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

/** That question, asked of the inventory system. */
export function askedQuestion(policies = askingPolicies): Life {
  const life = approvedQuestion(policies);
  life.then({ type: 'QualifyOrder' });
  return life;
}

/** The id of the latest request. */
export function requestOf({ order }: Life): string {
  return order?.qualificationRequests.at(-1)?.id ?? '';
}

export function reportsOf(
  { order }: Life,
  results: { readonly [specification: string]: Partial<QualificationReport> | ReportedResult },
): QualificationReport[] {
  return Object.entries(results).map(([specification, said]) => {
    const report = typeof said === 'string' ? { result: said } : said;
    return { serviceOrder: idOf(order, specification), result: 'qualified', reasons: [], proposals: [], ...report };
  });
}

export function idOf(order: CustomerOrder | undefined, specification: string): string {
  const found = order?.domainOrders.find((domainOrder) => domainOrder.specification === specification);
  if (found === undefined) throw new Error(`no service order for ${specification}`);
  return found.id;
}

export const everything = {
  'internet-access': 'qualified',
  'access-line': 'qualified',
  'ip-connectivity': 'qualified',
  'home-router': 'qualified',
} as const;

/** The answer of the inventory system, with results at once. */
export function answer(life: Life, results: Parameters<typeof reportsOf>[1], more: object = {}): Happening {
  const outcome = { kind: 'answered', httpStatus: 200, externalId: 'check-1', isFinal: true, ...more };
  const reports = reportsOf(life, results);
  const requestId = requestOf(life);
  return {
    type: 'ReportQualificationExchange',
    requestId,
    effectId: 'e',
    outcome: { reports, ...outcome },
  } as Happening; // an answered exchange
}

/** The answer of an inventory system that needs time. */
export function later(life: Life): Happening {
  return answer(life, {}, { httpStatus: 201, isFinal: false });
}

/** Result of each service order, by specification. */
export function resultsOf(order: CustomerOrder | undefined): { [specification: string]: string } {
  return Object.fromEntries(
    (order?.domainOrders ?? []).map(({ specification, qualification }) => [specification, qualification?.result ?? '']),
  );
}

export function notesOf(order: CustomerOrder | undefined): string[] {
  return order?.workNotes.map(({ text }) => text) ?? [];
}
