/** Policies as people write them -> policies as the engine reads them, or everything that is wrong with them. */
import policiesSchema from '../../contracts/schemas/policies.schema.json' with { type: 'json' };
import { durationMsOfText } from '../../contracts/schemas/text.ts';
import { checkOfSchema } from '../../contracts/schemas/validator.ts';
import type { DecisionRow, OutboundColumn, OutboundDecision, Policies } from '../model/policies.ts';
import type { ReadFile } from './catalogue-file.ts';

interface PoliciesFile {
  readonly policies: string;
  readonly approval?: 'automatic' | 'manual';
  readonly outbound: { readonly rows: readonly RowInFile[]; readonly default?: DecisionInFile };
}

interface RowInFile {
  readonly name: string;
  readonly when?: { readonly [column in OutboundColumn]?: string | readonly string[] };
  readonly then: DecisionInFile;
}

interface DecisionInFile {
  readonly outboundEnabled: boolean;
  readonly hierarchical?: boolean;
  readonly targetSystem?: string;
  readonly requestTimeout?: string;
  readonly maxRetries?: number;
  readonly retryDelay?: string;
  readonly fulfillmentTimeout?: string;
  readonly falloutType?: string;
}

const checkFile = checkOfSchema(policiesSchema);

/** @param file what the YAML or JSON says. */
export function readPolicies(file: unknown): ReadFile<Policies> {
  const findings = checkFile(file);
  if (findings.length > 0) return { ok: false, findings };
  const { policies, approval, outbound } = file as PoliciesFile; // by its schema, one line above
  return {
    ok: true,
    content: {
      name: policies,
      approval: approval ?? 'automatic',
      outbound: {
        rows: outbound.rows.map(rowOf),
        ...(outbound.default === undefined ? {} : { default: decisionOf(outbound.default) }),
      },
    },
  };
}

function rowOf({ name, when, ...row }: RowInFile): DecisionRow<OutboundColumn, OutboundDecision> {
  const cells = Object.entries(when ?? {}).map(([column, cell]) => [column, [cell].flat()]);
  return { name, when: Object.fromEntries(cells), decision: decisionOf(row.then) };
}

function decisionOf(written: DecisionInFile): OutboundDecision {
  const { outboundEnabled, targetSystem } = written;
  if (!outboundEnabled || targetSystem === undefined) return { outboundEnabled: false };
  return {
    outboundEnabled,
    hierarchical: written.hierarchical ?? false,
    target: targetSystem,
    terms: {
      requestTimeoutMs: durationMsOfText(written.requestTimeout ?? 'PT30S'),
      maxRetries: written.maxRetries ?? 3,
      retryDelayMs: durationMsOfText(written.retryDelay ?? 'PT10S'),
      fulfillmentTimeoutMs: durationMsOfText(written.fulfillmentTimeout ?? 'P7D'),
      falloutType: written.falloutType ?? 'Provisioning Failure',
    },
  };
}

/** The targets that the policies may send to. */
export function targetsOf(policies: Policies): string[] {
  const { rows, default: otherwise } = policies.outbound;
  const decisions = [...rows.map(({ decision }) => decision), ...(otherwise === undefined ? [] : [otherwise])];
  return [...new Set(decisions.flatMap((decision) => (decision.outboundEnabled ? [decision.target] : [])))];
}
