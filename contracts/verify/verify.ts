/** Verifies an endpoint: sends the planned experiments, listens, and gives the trace of all that was said. */

import type { Client } from '../../exchange/client.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { originOf } from '../../exchange/message.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { CapabilityStatement } from '../records/capabilities.ts';
import type { Trace, TracedExchange } from '../records/trace.ts';
import type { Credentials } from './credentials.ts';
import { Bench, type Draft } from './experiments/experiment.ts';
import { leaveEverything, watch } from './experiments/hub.ts';
import { openListener } from './listener.ts';
import { type Phase, planOf } from './plan.ts';
import { type CallbackCheck, openRecorder } from './recorder.ts';
import { type Budget, BudgetSpent, usualBudget } from './sender.ts';
import { Session } from './session.ts';
import { together } from './together.ts';

export interface VerifyOptions {
  readonly kernel: Kernel;
  /** How the vendor is reached. */
  readonly client: Client;
  /** Where its API lies, such as `https://vendor.example/tmf-api/serviceOrdering/v4`. */
  readonly baseUrl: string;
  /** Where the vendor reaches the listener; absent when it cannot. */
  readonly callbackUrl?: string | undefined;
  /** Where the vendor would reach the same listener behind a certificate that nobody should trust. */
  readonly untrustedUrl?: string | undefined;
  /** What every callback is to carry in the header that the statement names. */
  readonly callbackSecret?: string | undefined;
  readonly statement: CapabilityStatement;
  readonly budget?: Partial<Budget> | undefined;
  readonly credentials?: Credentials | undefined;
  readonly mayDelete?: boolean;
  readonly restart?: (() => Promise<void>) | undefined;
  /** Told before each experiment, with how many there are. */
  readonly onProgress?: ((done: number, all: number, about: string) => void) | undefined;
  readonly onExchange?: ((exchange: TracedExchange) => void) | undefined;
}

export interface Verification {
  readonly trace: Trace;
  readonly used: { readonly orders: number; readonly requests: number };
  readonly startedAt: number;
  readonly endedAt: number;
  /** Why some experiments were not carried out. */
  readonly leftOut: readonly string[];
}

export interface OpenVerification {
  /** What the vendor's callbacks are to reach. */
  readonly listener: Endpoint;
  readonly plan: readonly Phase[];
  /** To be used inside a kernel call. */
  run(): Promise<Verification>;
}

export function openVerification(options: VerifyOptions): OpenVerification {
  const { kernel, client, baseUrl, callbackUrl, statement, credentials, restart } = options;
  const startedAt = kernel.now();
  // The instant is in it, so that a seed can be used again on a vendor that remembers.
  const namespace = `southbound-${kernel.chance('verify.namespace').hex(6)}-${startedAt.toString(36)}-`;
  const listenerPath = callbackUrl === undefined ? '/nobody-listens' : pathOf(callbackUrl);
  const listener = openListener(listenerPath);
  const where = { basePath: pathOf(baseUrl), listenerPath, namespace };
  const recorder = openRecorder({ kernel, client, where, onExchange: options.onExchange });
  const draft: Draft = {
    statement,
    namespace,
    callbackUrl,
    untrustedUrl: options.untrustedUrl,
    hasCredentials: credentials !== undefined,
    mayDelete: options.mayDelete ?? false,
    canRestart: restart !== undefined,
    startedAt,
  };
  const plan = planOf(draft, restart);
  const orders = usualBudget.orders + (statement.load?.orders ?? 0);
  const budget = { ...usualBudget, orders, ...options.budget };
  const parts = { kernel, recorder, listener, statement, budget, baseUrl, credentials };
  return {
    listener: recorder.listening(listener.endpoint, callbackCheck(options)),
    plan,
    run: async () => {
      const session = new Session(parts);
      let leftOut: readonly string[] = [];
      try {
        leftOut = await carryOut(plan, session, options.onProgress);
        await session.rest(session.announcedMs);
      } finally {
        await leaveEverything(new Bench(watch, watch.plan(draft), session));
      }
      return { trace: recorder.trace(), used: session.used, startedAt, endedAt: kernel.now(), leftOut };
    },
  };
}

/** What a callback shows of the credentials that were agreed; nothing when none were. */
function callbackCheck({ statement, callbackSecret }: VerifyOptions): CallbackCheck | undefined {
  const header = statement.events?.credentialsHeader?.toLowerCase();
  if (header === undefined || callbackSecret === undefined) return undefined;
  return ({ headers }) => {
    if (headers[header] === undefined) return 'none';
    return headers[header] === callbackSecret ? undefined : 'wrong';
  };
}

async function carryOut(
  plan: readonly Phase[],
  session: Session,
  onProgress: VerifyOptions['onProgress'],
): Promise<string[]> {
  const all = plan.reduce((sum, { experiments }) => sum + experiments.length, 0);
  const leftOut: string[] = [];
  let done = 0;
  for (const { experiments } of plan) {
    const tasks = experiments.map(({ experiment, steps }) => ({
      label: `verify.${experiment.name}`,
      run: async () => {
        onProgress?.(done, all, experiment.about);
        try {
          await experiment.run(new Bench(experiment, steps, session));
        } catch (failure) {
          if (!(failure instanceof BudgetSpent)) throw failure;
          leftOut.push(`${experiment.name}: the budget of ${failure.message} is spent`);
        }
        done += 1;
      },
    }));
    await together(session.kernel, tasks, session.lanes);
    if (session.isHopeless) break;
  }
  onProgress?.(all, all, 'done');
  return leftOut;
}

function pathOf(url: string): string {
  return url.slice(originOf(url).length).replace(/\/+$/, '');
}
