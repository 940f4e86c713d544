/** What people write for a verification: a capability statement, and waivers. */
import type { CapabilityStatement } from '../records/capabilities.ts';
import { rules } from '../rules/catalogue.ts';
import type { Waiver } from '../rules/findings.ts';
import capabilitiesSchema from '../schemas/capabilities.schema.json' with { type: 'json' };
import type { Finding } from '../schemas/finding.ts';
import { checkOfSchema } from '../schemas/validator.ts';
import waiversSchema from '../schemas/waivers.schema.json' with { type: 'json' };

type Read<Content> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const checkStatement = checkOfSchema(capabilitiesSchema);
const checkWaivers = checkOfSchema(waiversSchema);

export function readStatement(document: unknown): Read<CapabilityStatement> {
  const findings = checkStatement(document);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, content: document as CapabilityStatement }; // as just checked
}

/** A waiver that names no rule, by itself or by the finding's, would wait for ever. */
export function readWaivers(document: unknown): Read<readonly Waiver[]> {
  const findings = checkWaivers(document);
  if (findings.length > 0) return { ok: false, findings };
  const waivers = document as readonly Waiver[]; // as just checked
  const unknown = waivers.flatMap(({ finding }, place) =>
    rules.some(({ id }) => finding === id || finding.startsWith(`${id}-`))
      ? []
      : [{ pointer: `/${place}/finding`, rule: 'known', expected: 'the id of a finding or of a rule', got: finding }],
  );
  return unknown.length > 0 ? { ok: false, findings: unknown } : { ok: true, content: waivers };
}
