/** Has a pact verified in a process of its own, within a time limit: a connection that breaks makes Pact's verifier hang. */
import { fork } from 'node:child_process';
import { extname, resolve } from 'node:path';
import type { Assignment, Verdict } from './verifier-process.ts';

export type Verification<Said = Verdict> =
  | { readonly kind: 'verified'; readonly verdict: Said }
  /** It was still at it when its time was up, and was stopped. */
  | { readonly kind: 'stopped'; readonly limitMs: number }
  /** It ended without a verdict, having said this. */
  | { readonly kind: 'ended'; readonly said: string };

/** The sources in a checkout, and their compiled form in the package. */
const processFile = resolve(import.meta.dirname, `verifier-process${extname(import.meta.filename)}`);

export function verification(assignment: Assignment, limitMs: number): Promise<Verification> {
  return verifiedBy<Verdict>(processFile, assignment, limitMs);
}

/**
 * @param file what runs in the process: it is given the assignment as JSON, and sends its verdict as its only message.
 * @param limitMs after which the process is stopped.
 */
export function verifiedBy<Said>(file: string, assignment: object, limitMs: number): Promise<Verification<Said>> {
  const child = fork(file, [JSON.stringify(assignment)], {
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
    let verdict: Said | undefined;
    child.on('message', (message) => {
      verdict = message as Said; // the only message that the process sends
    });
    child.on('error', fail);
    child.on('close', (_code, signal) => {
      if (verdict !== undefined) settle({ kind: 'verified', verdict });
      else settle(signal === 'SIGKILL' ? { kind: 'stopped', limitMs } : { kind: 'ended', said });
    });
  });
}
