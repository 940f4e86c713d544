/** The spoke selector: a request type, what was put into it and the definitions under it -> the one system to send to. */
import type {
  Destination,
  MockResponse,
  OutboundColumn,
  Policies,
  RequestDefinition,
  RequestType,
} from '../../model/policies.ts';
import { type Refusal, refusal } from '../../model/refusals.ts';
import { type ColumnValues, firstMismatch } from '../decision-table.ts';

export interface Selected {
  readonly target: string;
  readonly requestType?: string;
  readonly definition?: string;
  /** Set where the adapter answers by itself; then it is named as the target. */
  readonly mockResponse?: MockResponse;
}

export type Selection =
  | { readonly ok: true; readonly selected: Selected }
  | { readonly ok: false; readonly refusal: Refusal };

/** Of the definitions whose every condition is met, the one with the lowest order; and the target of its adapter. */
export function selectTarget(policies: Policies, to: Destination, values: ColumnValues<OutboundColumn>): Selection {
  if ('target' in to) return { ok: true, selected: { target: to.target } };
  const requestType = policies.requestTypes.find(({ name }) => name === to.requestType);
  if (requestType === undefined) {
    return refused('requestTypeUnknown', { requestType: to.requestType, known: named(policies.requestTypes) });
  }
  const missing = requestType.inputs.find((input) => {
    const given = to.inputs[input.name] ?? (input.from === undefined ? undefined : values[input.from]);
    return input.mandatory && (given === undefined || given === '');
  });
  if (missing !== undefined)
    return refused('requestInputMissing', { requestType: requestType.name, input: missing.name });
  const definition = definitionOf(requestType, values);
  if (definition === undefined) {
    return refused('requestDefinitionMissing', { requestType: requestType.name, why: whyNone(requestType, values) });
  }
  return adapterOf(policies, requestType, definition);
}

function definitionOf(
  { definitions }: RequestType,
  values: ColumnValues<OutboundColumn>,
): RequestDefinition | undefined {
  return definitions
    .filter((definition) => firstMismatch(definition.when, values) === undefined)
    .reduce<RequestDefinition | undefined>(
      (best, each) => (best === undefined || each.order < best.order ? each : best),
      undefined,
    );
}

function whyNone({ definitions }: RequestType, values: ColumnValues<OutboundColumn>): string {
  const reasons = definitions.map(({ name, when }) => {
    const failed = firstMismatch(when, values);
    return `"${name}" wants ${failed?.column} ${failed?.expected.join(' or ')}, got ${failed?.got || 'none'}`;
  });
  return reasons.join('; ') || 'it has none';
}

function adapterOf(policies: Policies, requestType: RequestType, definition: RequestDefinition): Selection {
  const adapter = policies.adapters.find(({ name }) => name === definition.adapter);
  const values = { definition: definition.name, adapter: definition.adapter };
  if (adapter === undefined) return refused('adapterUnknown', { ...values, known: named(policies.adapters) });
  if (!adapter.active) return refused('adapterInactive', values);
  const carrier =
    'target' in adapter ? { target: adapter.target } : { target: adapter.name, mockResponse: adapter.mockResponse };
  return {
    ok: true,
    selected: { ...carrier, requestType: requestType.name, definition: definition.name },
  };
}

function refused(code: Refusal['code'], values: Refusal['values']): Selection {
  return { ok: false, refusal: refusal(code, values) };
}

function named(things: readonly { readonly name: string }[]): string {
  return things.map(({ name }) => name).join(', ') || 'none';
}
