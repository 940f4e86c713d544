/** Has a pact verified in a process of its own, within a time limit. */
import { fork } from 'node:child_process';
import { extname, resolve } from 'node:path';
import type { Assignment, Verdict } from './verifier-process.ts';

export type Verification =
  | { readonly kind: 'verified'; readonly verdict: Verdict }
  /** It was still at it when its time was up, and was stopped. */
  | { readonly kind: 'stopped' }
  /** It ended without a verdict, having said this. */
  | { readonly kind: 'ended'; readonly said: string };

/** The sources in a checkout, and their compiled form in the package. */
const processFile = resolve(import.meta.dirname, `verifier-process${extname(import.meta.filename)}`);

export function verification(assignment: Assignment, limitMs: number): Promise<Verification> {
  const child = fork(processFile, [JSON.stringify(assignment)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    // Pact's native library counts its users, unless it is told not to.
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true', NO_COLOR: '1' },
    timeout: limitMs,
    // It does not listen to anything milder while its native core waits.
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
      else settle(signal === 'SIGKILL' ? { kind: 'stopped' } : { kind: 'ended', said });
    });
  });
}
