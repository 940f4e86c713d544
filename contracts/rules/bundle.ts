/**
 * The evidence bundle: a verification as a file that anybody can judge again, and in which a changed byte is noticed.
 * Its first line names the format and the SHA-256 of everything after it; the rest is the record as JSON.
 */
import { createHash } from 'node:crypto';
import type { VerificationRecord } from '../records/verification.ts';
import { themes } from './catalogue.ts';
import type { Waiver } from './findings.ts';
import { judge } from './judge.ts';
import { canonical, isObject } from './view/json.ts';

const format = 'southbound-evidence 1';

export function bundleText(record: VerificationRecord): string {
  const content = `${JSON.stringify(record)}\n`;
  return `${format} sha256:${digestOf(content)}\n${content}`;
}

export type Opened =
  | { readonly ok: true; readonly record: VerificationRecord }
  | { readonly ok: false; readonly problem: string };

export function openBundle(text: string): Opened {
  const end = text.indexOf('\n');
  const [head, content] = [text.slice(0, end), text.slice(end + 1)];
  const said = /^southbound-evidence 1 sha256:([0-9a-f]{64})$/.exec(head)?.[1];
  if (said === undefined)
    return { ok: false, problem: `it is no evidence bundle: its first line is not "${format} sha256:..."` };
  const digest = digestOf(content);
  if (said !== digest)
    return { ok: false, problem: `it was changed: its SHA-256 is ${digest}, and its first line says ${said}` };
  const record: unknown = JSON.parse(content);
  if (!isObject(record) || !isObject(record.trace)) return { ok: false, problem: 'it holds no verification' };
  return { ok: true, record: record as unknown as VerificationRecord }; // unchanged since it was written from one
}

/** What judging the trace again gives that the record does not say; nothing when all is reproduced. */
export function recheck(record: VerificationRecord): string[] {
  const { trace, statement, target, startedAt, rules, findings, verdict } = record;
  const again = judge(trace, {
    themes,
    statement,
    origin: /^https?:\/\/[^/]+/.exec(target)?.[0] ?? target,
    waivers: findings.flatMap(({ id, waiver }): Waiver[] => (waiver === undefined ? [] : [{ finding: id, ...waiver }])),
    on: startedAt.slice(0, 10),
    only: rules.map(({ id }) => id),
  });
  const now = new Map(again.rules.map((rule) => [rule.id, rule]));
  return [
    ...(again.verdict === verdict ? [] : [`the verdict is ${again.verdict}, and was ${verdict}`]),
    ...rules.flatMap((rule) => {
      const other = now.get(rule.id);
      if (other === undefined) return [`${rule.id}: there is no such rule in this version`];
      return canonical(other) === canonical(rule) ? [] : [`${rule.id}: ${other.verdict}, and was ${rule.verdict}`];
    }),
    ...(canonical(again.findings) === canonical(findings) ? [] : ['the findings are not the same']),
  ];
}

function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
