/** Has a pact verified in a process of its own, within a time limit: a connection that breaks makes Pact's verifier hang. */
import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { Assignment, Verdict } from './verifier-process.ts';

export type Verification =
  | { readonly kind: 'verified'; readonly verdict: Verdict }
  /** It was still at it when its time was up, and was stopped. */
  | { readonly kind: 'stopped'; readonly limitMs: number }
  /** It ended without a verdict, having said this. */
  | { readonly kind: 'ended'; readonly said: string };

/** @param limitMs a verification takes about a second; the usual limit leaves room for the slowest of machines. */
export function verify(assignment: Assignment, limitMs = 120_000): Promise<Verification> {
  const child = fork(resolve(import.meta.dirname, 'verifier-process.ts'), [JSON.stringify(assignment)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true', NO_COLOR: '1' },
    timeout: limitMs,
    killSignal: 'SIGKILL',
  });
  let said = '';
  const hear = (text: Buffer) => {
    said += text;
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  return new Promise((settle, fail) => {
    let verdict: Verdict | undefined;
    child.on('message', (message) => {
      verdict = message as Verdict; // the only message that the process sends
    });
    child.on('error', fail);
    child.on('close', (_code, signal) => {
      if (verdict !== undefined) settle({ kind: 'verified', verdict });
      else settle(signal === 'SIGKILL' ? { kind: 'stopped', limitMs } : { kind: 'ended', said });
    });
  });
}
