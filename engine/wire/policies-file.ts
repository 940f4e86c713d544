/** Policies as people write them -> policies as the engine reads them, or everything that is wrong with them. */

import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import policiesSchema from '../../contracts/schemas/policies.schema.json' with { type: 'json' };
import { durationMsOfText, textOfDurationMs } from '../../contracts/schemas/text.ts';
import { checkOfSchema } from '../../contracts/schemas/validator.ts';
import type {
  DecisionRow,
  EnrichmentColumn,
  OutboundColumn,
  OutboundDecision,
  Policies,
  RequestAdapter,
  RequestType,
  StageColumn,
  StageDecision,
} from '../model/policies.ts';
import type { PriorityColumn } from '../model/priority/level.ts';
import type { ReadFile } from './catalogue-file.ts';
import { type Cells, cellsOf, renderTable, type TableInFile, tableOf } from './policies/cells.ts';
import { type FulfillmentInFile, fulfillmentPoliciesOf, renderFulfillmentPolicies } from './policies/fulfillment.ts';
import {
  type MockResponseInFile,
  mockResponseOf,
  type QualificationInFile,
  qualificationPolicyOf,
  renderMockResponse,
  renderQualificationPolicy,
  shippedAdapter,
  withShipped,
} from './policies/qualification.ts';

export interface PoliciesFile {
  readonly policies: string;
  readonly approval?: 'automatic' | 'manual';
  readonly cancellation?: { readonly approval?: 'automatic' | 'manual' };
  readonly revision?: { readonly approval?: 'automatic' | 'manual'; readonly send?: 'automatic' | 'manual' };
  readonly productInventory?: boolean;
  readonly outbound: { readonly rows: readonly RowInFile[]; readonly default?: DecisionInFile };
  readonly requestTypes?: readonly RequestTypeInFile[];
  readonly adapters?: readonly AdapterInFile[];
  readonly qualification?: QualificationInFile;
  readonly fulfillment?: FulfillmentInFile;
  readonly enrichment?: TableInFile<EnrichmentColumn, { readonly tasks: readonly string[] }>;
  readonly orderTasks?: TableInFile<StageColumn, Partial<StageDecision>>;
  readonly openTasksBlockApproval?: boolean;
  readonly priority?: readonly PriorityPolicyInFile[];
}

interface PriorityPolicyInFile extends TableInFile<PriorityColumn, { readonly rank: number }> {
  readonly name: string;
  readonly weight: number;
}

interface AdapterInFile {
  readonly name: string;
  readonly active?: boolean;
  /** One of the two. */
  readonly targetSystem?: string;
  readonly mockResponse?: MockResponseInFile;
}

interface RequestTypeInFile {
  readonly name: string;
  readonly inputs?: readonly { readonly name: string; readonly mandatory?: boolean; readonly from?: OutboundColumn }[];
  readonly definitions: readonly {
    readonly name: string;
    readonly order: number;
    readonly when?: Cells;
    readonly adapter: string;
  }[];
}

interface RowInFile {
  readonly name: string;
  readonly when?: Cells;
  readonly then: DecisionInFile;
}

interface DecisionInFile {
  readonly outboundEnabled: boolean;
  readonly hierarchical?: boolean;
  readonly targetSystem?: string;
  readonly requestType?: string;
  readonly inputs?: { readonly [name: string]: string };
  readonly requestTimeout?: string;
  readonly maxRetries?: number;
  readonly retryDelay?: string;
  readonly retryJitter?: number;
  readonly fulfillmentTimeout?: string;
  readonly falloutType?: string;
  readonly dispatchFailure?: 'markFailed' | 'delete';
  readonly incompleteAnswer?: 'accept' | 'fail';
  readonly revisePayload?: 'full' | 'delta';
}

const checkFile = checkOfSchema(policiesSchema);

/** @param file what the YAML or JSON says. */
export function readPolicies(file: unknown): ReadFile<Policies> {
  const broken = checkFile(file);
  if (broken.length > 0) return { ok: false, findings: broken };
  const written = file as PoliciesFile; // by its schema, one line above
  const findings = [...wrongDestinations(written), ...unknownAdapters(written)];
  if (findings.length > 0) return { ok: false, findings };
  const { policies, approval, outbound } = written;
  return {
    ok: true,
    content: withShipped({
      name: policies,
      approval: approval ?? 'automatic',
      cancellation: { approval: written.cancellation?.approval ?? 'manual' },
      revision: { approval: written.revision?.approval ?? 'manual', send: written.revision?.send ?? 'manual' },
      productInventory: written.productInventory ?? true,
      outbound: {
        rows: outbound.rows.map(rowOf),
        ...(outbound.default === undefined ? {} : { default: decisionOf(outbound.default) }),
      },
      requestTypes: (written.requestTypes ?? []).map(requestTypeOf),
      adapters: (written.adapters ?? []).map(adapterOf),
      qualification: qualificationPolicyOf(written.qualification),
      fulfillment: fulfillmentPoliciesOf(written.fulfillment),
      enrichment: tableOf(written.enrichment, (then) => then),
      orderTasks: tableOf(written.orderTasks, ({ header = [], topLine = [] }) => ({ header, topLine })),
      openTasksBlockApproval: written.openTasksBlockApproval ?? false,
      priority: (written.priority ?? []).map(({ name, weight, ...table }) => ({
        name,
        weight,
        table: tableOf(table, (then) => then),
      })),
    }),
  };
}

/** Rows that send somewhere, and do not say where to, or name a request type that there is not. */
function wrongDestinations({ outbound, requestTypes = [] }: PoliciesFile): Finding[] {
  const known = requestTypes.map(({ name }) => name);
  const decisions = [
    ...outbound.rows.map(({ then }, index) => ({ pointer: `/outbound/rows/${index}/then`, decision: then })),
    ...(outbound.default === undefined ? [] : [{ pointer: '/outbound/default', decision: outbound.default }]),
  ];
  return decisions.flatMap(({ pointer, decision: { outboundEnabled, targetSystem, requestType } }) => {
    const named = [targetSystem, requestType].filter((name) => name !== undefined);
    if (outboundEnabled && named.length !== 1) {
      const got = named.length === 0 ? 'neither' : 'both';
      return [{ pointer, rule: 'destination', expected: 'either targetSystem or requestType', got }];
    }
    if (requestType === undefined || known.includes(requestType)) return [];
    return [unknownName(`${pointer}/requestType`, 'a request type', requestType, known)];
  });
}

function unknownAdapters({ requestTypes = [], adapters = [] }: PoliciesFile): Finding[] {
  const known = [...adapters.map(({ name }) => name), shippedAdapter.name];
  return requestTypes.flatMap(({ definitions }, type) =>
    definitions.flatMap(({ adapter }, index) =>
      known.includes(adapter)
        ? []
        : [unknownName(`/requestTypes/${type}/definitions/${index}/adapter`, 'an adapter', adapter, known)],
    ),
  );
}

function unknownName(pointer: string, what: string, got: string, known: readonly string[]): Finding {
  return { pointer, rule: 'known', expected: `${what}: ${known.join(', ') || 'there is none'}`, got: shown(got) };
}

function adapterOf({ name, targetSystem: target = '', mockResponse, active = true }: AdapterInFile): RequestAdapter {
  return {
    name,
    active,
    ...(mockResponse === undefined ? { target } : { mockResponse: mockResponseOf(mockResponse) }),
  };
}

function requestTypeOf({ name, inputs, definitions }: RequestTypeInFile): RequestType {
  return {
    name,
    inputs: (inputs ?? []).map(({ mandatory, ...input }) => ({ ...input, mandatory: mandatory ?? true })),
    definitions: definitions.map(({ when, ...definition }) => ({ ...definition, when: cellsOf(when) })),
  };
}

function rowOf({ name, when, then }: RowInFile): DecisionRow<OutboundColumn, OutboundDecision> {
  return { name, when: cellsOf(when), decision: decisionOf(then) };
}

function decisionOf(written: DecisionInFile): OutboundDecision {
  const { outboundEnabled, targetSystem, requestType, inputs } = written;
  if (!outboundEnabled) return { outboundEnabled: false };
  return {
    outboundEnabled,
    hierarchical: written.hierarchical ?? false,
    // One of the two, says the schema.
    to: requestType === undefined ? { target: targetSystem ?? '' } : { requestType, inputs: inputs ?? {} },
    terms: {
      ...(written.requestTimeout === undefined ? {} : { requestTimeoutMs: durationMsOfText(written.requestTimeout) }),
      maxRetries: written.maxRetries ?? 3,
      retryDelayMs: durationMsOfText(written.retryDelay ?? 'PT10S'),
      retryJitter: written.retryJitter ?? 0,
      fulfillmentTimeoutMs: durationMsOfText(written.fulfillmentTimeout ?? 'P7D'),
      falloutType: written.falloutType ?? 'Provisioning Failure',
      dispatchFailure: written.dispatchFailure ?? 'markFailed',
      incompleteAnswer: written.incompleteAnswer ?? 'accept',
      revisePayload: written.revisePayload ?? 'full',
    },
  };
}

/** The same policies as a file would say them, every value written out. */
export function renderPolicies(policies: Policies): PoliciesFile {
  const { name, approval, productInventory, outbound, requestTypes, adapters, qualification, fulfillment } = policies;
  return {
    policies: name,
    approval,
    cancellation: policies.cancellation,
    revision: policies.revision,
    productInventory,
    outbound: {
      rows: outbound.rows.map((row) => ({ name: row.name, when: row.when, then: renderDecision(row.decision) })),
      ...(outbound.default === undefined ? {} : { default: renderDecision(outbound.default) }),
    },
    requestTypes,
    adapters: adapters.map(renderAdapter),
    qualification: renderQualificationPolicy(qualification),
    fulfillment: renderFulfillmentPolicies(fulfillment),
    enrichment: renderTable(policies.enrichment),
    orderTasks: renderTable(policies.orderTasks),
    openTasksBlockApproval: policies.openTasksBlockApproval,
    priority: policies.priority.map(({ name, weight, table }) => ({ name, weight, ...renderTable(table) })),
  };
}

function renderAdapter(adapter: RequestAdapter): AdapterInFile {
  const { name, active } = adapter;
  if ('target' in adapter) return { name, active, targetSystem: adapter.target };
  return { name, active, mockResponse: renderMockResponse(adapter.mockResponse) };
}

function renderDecision(decision: OutboundDecision): DecisionInFile {
  if (!decision.outboundEnabled) return { outboundEnabled: false };
  const { outboundEnabled, hierarchical, to, terms } = decision;
  const { requestTimeoutMs, retryDelayMs, fulfillmentTimeoutMs, ...others } = terms;
  const destination = 'target' in to ? { targetSystem: to.target } : to;
  return {
    outboundEnabled,
    hierarchical,
    ...destination,
    ...others,
    ...(requestTimeoutMs === undefined ? {} : { requestTimeout: textOfDurationMs(requestTimeoutMs) }),
    retryDelay: textOfDurationMs(retryDelayMs),
    fulfillmentTimeout: textOfDurationMs(fulfillmentTimeoutMs),
  };
}

/** The targets that the policies may send to. */
export function targetsOf({ outbound, adapters }: Policies): string[] {
  const { rows, default: otherwise } = outbound;
  const decisions = [...rows.map(({ decision }) => decision), ...(otherwise === undefined ? [] : [otherwise])];
  const named = decisions.flatMap((decision) =>
    decision.outboundEnabled && 'target' in decision.to ? [decision.to.target] : [],
  );
  return [...new Set([...named, ...adapters.flatMap((adapter) => ('target' in adapter ? [adapter.target] : []))])];
}
