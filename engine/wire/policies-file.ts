/** Policies as people write them -> policies as the engine reads them, or everything that is wrong with them. */

import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import policiesSchema from '../../contracts/schemas/policies.schema.json' with { type: 'json' };
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
import { type JeopardyInFile, jeopardyFindings, jeopardyPolicyOf, renderJeopardyPolicy } from './policies/jeopardy.ts';
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
import { renderSending, type SendingInFile, sendingOf } from './policies/terms.ts';
import {
  renderWorkOrderPolicies,
  type WorkOrdersInFile,
  workDecisions,
  workOrderPoliciesOf,
  writtenDecisions,
} from './policies/work-orders.ts';

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
  readonly invalidCharacteristics?: Policies['invalidCharacteristics'];
  readonly repeatedOrders?: Policies['repeatedOrders'];
  readonly workOrders?: WorkOrdersInFile;
  readonly priority?: readonly PriorityPolicyInFile[];
  readonly staggered?: Policies['staggered'];
  readonly jeopardy?: JeopardyInFile;
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

interface DecisionInFile extends SendingInFile {
  readonly outboundEnabled: boolean;
  readonly hierarchical?: boolean;
}

const checkFile = checkOfSchema(policiesSchema);

/** @param file what the YAML or JSON says. */
export function readPolicies(file: unknown): ReadFile<Policies> {
  const broken = checkFile(file);
  if (broken.length > 0) return { ok: false, findings: broken };
  const written = file as PoliciesFile; // by its schema, one line above
  const findings = [...wrongDestinations(written), ...unknownAdapters(written), ...jeopardyFindings(written.jeopardy)];
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
      invalidCharacteristics: written.invalidCharacteristics ?? 'warn',
      repeatedOrders: written.repeatedOrders ?? 'another',
      workOrders: workOrderPoliciesOf(written.workOrders),
      priority: (written.priority ?? []).map(({ name, weight, ...table }) => ({
        name,
        weight,
        table: tableOf(table, (then) => then),
      })),
      staggered: written.staggered ?? 'productOrders',
      ...(written.jeopardy === undefined ? {} : { jeopardy: jeopardyPolicyOf(written.jeopardy) }),
    }),
  };
}

/** Rows that send somewhere, and do not say where to, or name a request type that there is not. */
function wrongDestinations({ outbound, workOrders, requestTypes = [] }: PoliciesFile): Finding[] {
  const known = requestTypes.map(({ name }) => name);
  const decisions = [
    ...outbound.rows.map(({ then }, index) => ({ pointer: `/outbound/rows/${index}/then`, decision: then })),
    ...(outbound.default === undefined ? [] : [{ pointer: '/outbound/default', decision: outbound.default }]),
    ...writtenDecisions(workOrders).map(({ pointer, decision }) => ({
      pointer,
      decision: { ...decision, outboundEnabled: decision.raised !== 'never' },
    })),
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

function decisionOf({ outboundEnabled, hierarchical = false, ...sending }: DecisionInFile): OutboundDecision {
  return outboundEnabled ? { outboundEnabled, hierarchical, ...sendingOf(sending) } : { outboundEnabled };
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
    invalidCharacteristics: policies.invalidCharacteristics,
    repeatedOrders: policies.repeatedOrders,
    workOrders: renderWorkOrderPolicies(policies.workOrders),
    priority: policies.priority.map(({ name, weight, table }) => ({ name, weight, ...renderTable(table) })),
    staggered: policies.staggered,
    ...(policies.jeopardy === undefined ? {} : { jeopardy: renderJeopardyPolicy(policies.jeopardy) }),
  };
}

function renderAdapter(adapter: RequestAdapter): AdapterInFile {
  const { name, active } = adapter;
  if ('target' in adapter) return { name, active, targetSystem: adapter.target };
  return { name, active, mockResponse: renderMockResponse(adapter.mockResponse) };
}

function renderDecision(decision: OutboundDecision): DecisionInFile {
  if (!decision.outboundEnabled) return { outboundEnabled: false };
  const { outboundEnabled, hierarchical, ...sending } = decision;
  return { outboundEnabled, hierarchical, ...renderSending(sending) };
}

/** The targets that the policies may send to. */
export function targetsOf({ outbound, workOrders, adapters }: Policies): string[] {
  const { rows, default: otherwise } = outbound;
  const decisions = [...rows.map(({ decision }) => decision), ...(otherwise === undefined ? [] : [otherwise])];
  const sent = decisions.flatMap((decision) => (decision.outboundEnabled ? [decision.to] : []));
  const worked = workDecisions(workOrders).flatMap(({ raised, to }) => (raised === 'never' ? [] : [to]));
  const named = [...sent, ...worked].flatMap((to) => ('target' in to ? [to.target] : []));
  return [...new Set([...named, ...adapters.flatMap((adapter) => ('target' in adapter ? [adapter.target] : []))])];
}
