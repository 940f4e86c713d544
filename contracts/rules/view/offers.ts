/** What of TMF641 a vendor offers: by its own word, or else by how it answered when it was asked for it. */
import { type Capability, type CapabilityStatement, capabilities } from '../../records/capabilities.ts';
import { isSuccess, type OperationName, outcomeText, type Seen } from './seen.ts';

export interface Offer {
  readonly offered: 'yes' | 'no' | 'unknown';
  readonly known: 'declared' | 'probed';
  readonly because: string;
  /** It was asked for, and answered. */
  readonly isTried: boolean;
  /** The answer that says that it is not offered. */
  readonly denial?: Seen | undefined;
}

export type Offers = { readonly [capability in Capability]: Offer };

export function offersOf(asked: readonly Seen[], statement: CapabilityStatement): Offers {
  const offers = capabilities.map((capability) => [capability, offerOf(capability, asked, statement)]);
  return Object.fromEntries(offers) as Offers; // one for each capability
}

export function isOffered(offer: Offer): boolean {
  return offer.offered !== 'no';
}

function offerOf(capability: Capability, asked: readonly Seen[], { offers = {} }: CapabilityStatement): Offer {
  const declared = offers[capability];
  const probed = probes[capability](asked);
  const { isTried } = probed;
  if (declared === false)
    return { offered: 'no', known: 'declared', because: 'the capability statement says so', isTried };
  if (declared === undefined) return probed;
  const because = 'the capability statement says so';
  return { offered: 'yes', known: 'declared', because, isTried, ...(probed.denial && { denial: probed.denial }) };
}

/** How an endpoint says that there is no such operation. */
const noSuchOperation: readonly (number | undefined)[] = [404, 405, 501];

/** A parameter that is not understood is refused, or what it asks for is not implemented. */
const noSuchParameter: readonly (number | undefined)[] = [400, 404, 501];

const probes: { readonly [capability in Capability]: (asked: readonly Seen[]) => Offer } = {
  cancel: (asked) => operationProbe(asked, ['createCancelServiceOrder', 'listCancelServiceOrder']),
  hub: (asked) => operationProbe(asked, ['registerListener']),
  patch: (asked) => operationProbe(asked, ['patchServiceOrder']),
  delete: (asked) => operationProbe(asked, ['deleteServiceOrder']),
  paging: (asked) => parameterProbe(asked, 'limit'),
  filters: (asked) => parameterProbe(asked, 'filter'),
  fields: (asked) => parameterProbe(asked, 'fields'),
  sort: (asked) => parameterProbe(asked, 'sort'),
};

/** What is wrong on purpose, or about something that is not there, is refused by those who offer it, too. */
function operationProbe(asked: readonly Seen[], operations: readonly OperationName[]): Offer {
  const tried = asked.filter(
    ({ operation, status, exchange: { aim } }) =>
      operation !== undefined &&
      operations.includes(operation) &&
      status !== undefined &&
      aim?.wrong === undefined &&
      aim?.credentials === undefined,
  );
  return offerBy(tried, noSuchOperation);
}

/** Queries name the parameter that they are about in their step. */
function parameterProbe(asked: readonly Seen[], parameter: string): Offer {
  const tried = asked.filter(
    ({ exchange: { aim }, status }) =>
      aim?.experiment === 'queries' &&
      aim.step.startsWith(parameter) &&
      aim.wrong === undefined &&
      status !== undefined,
  );
  return offerBy(tried, noSuchParameter);
}

function offerBy(tried: readonly Seen[], denials: readonly (number | undefined)[]): Offer {
  const [denial] = tried.filter(({ status }) => denials.includes(status));
  if (tried.length === 0) return { offered: 'unknown', known: 'probed', because: 'it was not tried', isTried: false };
  if (denial !== undefined && !tried.some(isSuccess)) {
    return {
      offered: 'no',
      known: 'probed',
      because: `${denial.place} was answered ${outcomeText(denial)}`,
      isTried: true,
      denial,
    };
  }
  return { offered: 'yes', known: 'probed', because: 'it was answered', isTried: true };
}
