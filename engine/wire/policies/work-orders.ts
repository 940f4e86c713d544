/** The work order policies: as people write them, and as the engine reads them. */
import type {
  DecisionTable,
  OutboundColumn,
  WorkColumn,
  WorkDecision,
  WorkOrderPolicies,
} from '../../model/policies.ts';
import { renderTable, type TableInFile, tableOf } from './cells.ts';
import { renderSending, type SendingInFile, sendingOf } from './terms.ts';

export interface WorkOrdersInFile {
  readonly domainOrders?: TableInFile<OutboundColumn, WorkInFile>;
  readonly orderTasks?: TableInFile<WorkColumn, WorkInFile>;
}

export interface WorkInFile extends SendingInFile {
  readonly work: string;
  readonly description?: string;
  readonly raised?: WorkDecision['raised'];
}

export function workOrderPoliciesOf({ domainOrders, orderTasks }: WorkOrdersInFile = {}): WorkOrderPolicies {
  return { domainOrders: tableOf(domainOrders, decisionOf), orderTasks: tableOf(orderTasks, decisionOf) };
}

function decisionOf({ work: type, description, raised = 'automatic', ...sending }: WorkInFile): WorkDecision {
  return { job: description === undefined ? { type } : { type, description }, raised, ...sendingOf(sending) };
}

export function renderWorkOrderPolicies({ domainOrders, orderTasks }: WorkOrderPolicies): WorkOrdersInFile {
  return { domainOrders: rendered(domainOrders), orderTasks: rendered(orderTasks) };
}

function rendered<Column extends string>(table: DecisionTable<Column, WorkDecision>): TableInFile<Column, WorkInFile> {
  const { rows, default: otherwise } = table;
  return renderTable({
    rows: rows.map((row) => ({ ...row, decision: renderDecision(row.decision) })),
    ...(otherwise === undefined ? {} : { default: renderDecision(otherwise) }),
  });
}

function renderDecision({ job: { type, ...job }, raised, ...sending }: WorkDecision): WorkInFile {
  return { work: type, ...job, raised, ...renderSending(sending) };
}

/** Every decision in the file, with the JSON pointer to it. */
export function writtenDecisions(written: WorkOrdersInFile = {}): { pointer: string; decision: WorkInFile }[] {
  return (['domainOrders', 'orderTasks'] as const).flatMap((name) => {
    const { rows = [], default: otherwise } = written[name] ?? {};
    const at = `/workOrders/${name}`;
    return [
      ...rows.map(({ then }, index) => ({ pointer: `${at}/rows/${index}/then`, decision: then })),
      ...(otherwise === undefined ? [] : [{ pointer: `${at}/default`, decision: otherwise }]),
    ];
  });
}

/** Every decision of both tables. */
export function workDecisions({ domainOrders, orderTasks }: WorkOrderPolicies): WorkDecision[] {
  return [domainOrders, orderTasks].flatMap(({ rows, default: otherwise }) => [
    ...rows.map(({ decision }) => decision),
    ...(otherwise === undefined ? [] : [otherwise]),
  ]);
}
