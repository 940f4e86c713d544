/** Every way in which the engine says no: one catalogue, for the core, the API and the documents. */
import { amendmentRefusals } from './refusals/amendment.ts';
import { cancellationRefusals } from './refusals/cancellation.ts';
import { commandRefusals } from './refusals/commands.ts';
import { dateRefusals } from './refusals/dates.ts';
import { eventRefusals } from './refusals/events.ts';
import { inventoryRefusals } from './refusals/inventory.ts';
import type { RefusalKind } from './refusals/kind.ts';
import { nativeQualificationRefusals } from './refusals/native-qualification.ts';
import { orderRefusals } from './refusals/orders.ts';
import { partRefusals } from './refusals/parts.ts';
import { qualificationRefusals } from './refusals/qualification.ts';
import { reportRefusals } from './refusals/reports.ts';
import { revisionRefusals } from './refusals/revision.ts';
import { taskRefusals } from './refusals/tasks.ts';
import { workOrderRefusals } from './refusals/work-orders.ts';

export type { RefusalKind } from './refusals/kind.ts';

export const refusalCatalogue = {
  ...orderRefusals,
  ...amendmentRefusals,
  ...commandRefusals,
  ...reportRefusals,
  ...revisionRefusals,
  ...taskRefusals,
  ...workOrderRefusals,
  ...partRefusals,
  ...dateRefusals,
  ...cancellationRefusals,
  ...inventoryRefusals,
  ...qualificationRefusals,
  ...nativeQualificationRefusals,
  ...eventRefusals,
} as const satisfies { readonly [code: string]: RefusalKind };

export type RefusalCode = keyof typeof refusalCatalogue;

export interface Refusal {
  readonly code: RefusalCode;
  readonly values: { readonly [name: string]: string };
  /** JSON pointer into the message that is refused. */
  readonly pointer?: string;
}

export function refusal(code: RefusalCode, values: Refusal['values'] = {}, pointer?: string): Refusal {
  return pointer === undefined ? { code, values } : { code, values, pointer };
}

/** The refusal's text, with its values filled in. */
export function refusalText({ code, values }: Refusal): string {
  return filled(refusalCatalogue[code].text, values);
}

/** What to do about it, with its values filled in. */
export function refusalRemedy({ code, values }: Refusal): string {
  return filled(refusalCatalogue[code].remedy, values);
}

/**
 * Characters of a value. Longer ones come of requests that mean no good, and would be sent back again and again; with fewer, a
 * list of what is possible would be cut off.
 */
const longestValue = 1_000;

function filled(template: string, values: Refusal['values']): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? inShort(values[name] ?? '') : whole,
  );
}

function inShort(value: string): string {
  return value.length > longestValue ? `${value.slice(0, longestValue)}...` : value;
}
