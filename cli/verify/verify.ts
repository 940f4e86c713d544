/** `southbound verify`: judges a vendor's TMF641 endpoint by its behaviour. */
import type { VerificationRecord } from '../../contracts/records/verification.ts';
import { themes } from '../../contracts/rules/catalogue.ts';
import { judge } from '../../contracts/rules/judge.ts';
import { verificationRecordOf } from '../../contracts/rules/record-of.ts';
import { credentialsOf, NoToken } from '../../contracts/verify/credentials.ts';
import { planLines } from '../../contracts/verify/plan.ts';
import { type OpenVerification, openVerification, type Verification } from '../../contracts/verify/verify.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { originOf } from '../../exchange/message.ts';
import { freshSeed } from '../../kernel/chance.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { summary } from '../../reports/verification/terminal.ts';
import { colour, interrupted, say, toned, untilInterrupted, WrongUse } from '../terminal.ts';
import { version } from '../version.ts';
import { whyHopeless } from './hopeless.ts';
import { type Addresses, openListening, plannedAddresses } from './listening.ts';
import { type VerifyCommandOptions, type Wanted, wantedOf } from './options.ts';
import { openProgress } from './progress.ts';
import { Registrations, untilSignal } from './registrations.ts';
import { writeVerification } from './reports.ts';

/** 0 pass, 1 findings, 2 could not run, 3 undecided. */
const exitCodes = { pass: 0, fail: 1, inconclusive: 3 } as const;

export async function verify(url: string, options: VerifyCommandOptions): Promise<number> {
  const wanted = wantedOf(url, options, process.env);
  if (options.plan === true) return sayPlan(wanted, options);
  const seed = options.seed ?? freshSeed();
  say(`southbound ${version} verifies ${wanted.target}, seed ${seed}`);
  const verification = await carriedOut(wanted, seed);
  const hopeless = whyHopeless(verification.trace, wanted);
  if (hopeless !== undefined) throw new WrongUse(`${wanted.target} could not be verified: ${hopeless}`);
  const record = judged(verification, wanted, seed);
  say();
  for (const line of summary(record)) say(toned(line));
  if (options.out !== undefined) {
    say();
    writeVerification(options.out, record);
  }
  return exitCodes[record.verdict];
}

function judged(verification: Verification, wanted: Wanted, seed: string): VerificationRecord {
  const { target, statement, waivers, only } = wanted;
  const on = new Date(verification.startedAt).toISOString().slice(0, 10);
  const judgement = judge(verification.trace, { themes, statement, origin: originOf(target), waivers, on, only });
  return verificationRecordOf({ ...verification, version, target, seed, statement, judgement });
}

/** The same bytes for the same seed: nothing is sent, and the clock stands. */
function sayPlan(wanted: Wanted, options: VerifyCommandOptions): number {
  const { target, statement, budget, place, mayDelete, restart } = wanted;
  const addresses = plannedAddresses(place);
  const nobody = { send: () => Promise.reject(new Error('a plan sends nothing')) };
  const { plan } = openVerification({
    kernel: virtualKernel({ seed: options.seed ?? '1' }),
    client: nobody,
    baseUrl: target,
    ...addresses,
    statement,
    budget,
    mayDelete,
    restart,
    ...(options.auth === undefined ? {} : { credentials: { headers: async () => ({}), wrong: {} } }),
  });
  say(`Would be sent to ${target}; nothing is. Names and dates are made anew for each run.`);
  sayLimits(wanted, addresses);
  for (const line of planLines(plan)) say(line);
  return 0;
}

/** What the vendor has to expect, before it gets it. */
function sayLimits({ budget }: Wanted, { callbackUrl }: Addresses): void {
  const { orders, requests, perSecond } = budget;
  say(colour('dim', `  at most   ${orders} orders, ${requests} requests, ${perSecond} a second`));
  say(colour('dim', `  callbacks ${callbackUrl ?? 'none: events stay undecided without --callback-url'}`));
}

async function carriedOut(wanted: Wanted, seed: string): Promise<Verification> {
  const { target, statement, budget, place, known, callbackSecret, mayDelete, restart } = wanted;
  const signal = untilInterrupted();
  const kernel = new SystemKernel({ seed, onFault: (fault) => console.error(fault) });
  const mounted: { endpoint?: Endpoint } = {};
  const endpoint: Endpoint = (request) => mounted.endpoint?.(request) ?? { kind: 'reset', afterMs: 0 };
  const listening = await openListening(kernel, place, endpoint);
  const progress = openProgress(process.stderr);
  const direct = fetchClient(kernel);
  const sending = untilSignal(direct, signal);
  const credentials = known && credentialsOf(known, { kernel, client: direct, statement });
  const registrations = new Registrations(target);
  const open = openVerification({
    kernel,
    client: sending.client,
    baseUrl: target,
    callbackUrl: listening.callbackUrl,
    untrustedUrl: listening.untrustedUrl,
    callbackSecret,
    statement,
    budget,
    credentials,
    mayDelete,
    restart,
    onProgress: progress.show,
    onExchange: (exchange) => registrations.note(exchange),
  });
  mounted.endpoint = open.listener;
  sayLimits(wanted, listening);
  try {
    const ended = await Promise.race([finished(kernel, open), interrupted(signal)]);
    if (ended !== undefined) return ended;
    await sending.settled();
    throw new WrongUse('Broken off, without a verdict. Orders that were placed stay as they are.');
  } catch (failure) {
    throw failure instanceof NoToken ? new WrongUse(failure.message) : failure;
  } finally {
    progress.end();
    sayLeft(await registrations.end(direct, async () => credentials?.headers() ?? {}));
    kernel.close();
    await listening.close();
  }
}

function finished(kernel: Kernel, open: OpenVerification): Promise<Verification> {
  return new Promise((resolve, reject) => {
    kernel.call('verify', () => open.run().then(resolve, reject));
  });
}

function sayLeft(subscriptions: readonly string[]): void {
  for (const each of subscriptions) say(colour('red', `A subscription of ours could not be ended: ${each}`));
}
