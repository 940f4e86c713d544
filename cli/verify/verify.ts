/** `southbound verify`: judges a vendor's TMF641 endpoint by its behaviour. */
import type { CapabilityStatement } from '../../contracts/records/capabilities.ts';
import type { VerificationRecord } from '../../contracts/records/verification.ts';
import { themes } from '../../contracts/rules/catalogue.ts';
import type { Waiver } from '../../contracts/rules/findings.ts';
import { judge } from '../../contracts/rules/judge.ts';
import { verificationRecordOf } from '../../contracts/rules/record-of.ts';
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import { credentialsOf, NoToken } from '../../contracts/verify/credentials.ts';
import { readStatement, readWaivers } from '../../contracts/verify/files.ts';
import { planLines } from '../../contracts/verify/plan.ts';
import { type OpenVerification, openVerification, type Verification } from '../../contracts/verify/verify.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonResponse, originOf } from '../../exchange/message.ts';
import { freshSeed } from '../../kernel/chance.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { summary } from '../../reports/verification/terminal.ts';
import { readContent } from '../../scenarios/files.ts';
import { colour, portTaken, say, toned, WrongUse } from '../terminal.ts';
import { version } from '../version.ts';
import { whyHopeless } from './hopeless.ts';
import {
  budgetOf,
  isLoopback,
  knownCredentials,
  listenAt,
  onlyRules,
  targetOf,
  type VerifyCommandOptions,
} from './options.ts';
import { openProgress } from './progress.ts';
import { writeVerification } from './reports.ts';
import { restarter } from './restart.ts';

/** 0 pass, 1 findings, 2 could not run, 3 undecided. */
const exitCodes = { pass: 0, fail: 1, inconclusive: 3 } as const;

export async function verify(url: string, options: VerifyCommandOptions): Promise<number> {
  const target = targetOf(url);
  const statement = options.capabilities === undefined ? {} : readContent(options.capabilities, readStatement);
  const waivers = options.waivers === undefined ? [] : readContent(options.waivers, readWaivers);
  const only = onlyRules(options.only);
  if (options.plan === true) return sayPlan(target, statement, options);
  const seed = options.seed ?? freshSeed();
  say(`southbound ${version} verifies ${target}, seed ${seed}`);
  const verification = await carriedOut(target, statement, seed, options);
  const hopeless = whyHopeless(verification.trace, statement);
  if (hopeless !== undefined) throw new WrongUse(`${target} could not be verified: ${hopeless}`);
  const record = judged(verification, { target, seed, statement, waivers, only });
  say();
  for (const line of summary(record)) say(toned(line));
  if (options.out !== undefined) writeVerification(options.out, record);
  return exitCodes[record.verdict];
}

function judged(
  verification: Verification,
  parts: {
    target: string;
    seed: string;
    statement: CapabilityStatement;
    waivers: readonly Waiver[];
    only: readonly string[] | undefined;
  },
): VerificationRecord {
  const { target, seed, statement, waivers, only } = parts;
  const on = new Date(verification.startedAt).toISOString().slice(0, 10);
  const judgement = judge(verification.trace, { themes, statement, origin: originOf(target), waivers, on, only });
  return verificationRecordOf({ ...verification, version, target, seed, statement, judgement });
}

/** The same bytes for the same seed: nothing is sent, and the clock stands. */
function sayPlan(target: string, statement: CapabilityStatement, options: VerifyCommandOptions): number {
  const kernel = virtualKernel({ seed: options.seed ?? '1' });
  const callbackUrl = callbackUrlOf(target, options, 'http://127.0.0.1:PORT');
  const nobody = { send: () => Promise.reject(new Error('a plan sends nothing')) };
  const { plan } = openVerification({
    kernel,
    client: nobody,
    baseUrl: target,
    callbackUrl,
    statement,
    mayDelete: options.allowDelete ?? false,
    restart: restarter(options.restartCommand),
    ...(options.auth === undefined ? {} : { credentials: { headers: async () => ({}), wrong: {} } }),
  });
  say(`Would be sent to ${target}; nothing is. Names and dates are made anew for each run.`);
  for (const line of planLines(plan)) say(line);
  return 0;
}

/** A vendor on this machine reaches a listener on it; any other has to be told where. */
function callbackUrlOf(target: string, { callbackUrl }: VerifyCommandOptions, listening: string): string | undefined {
  if (callbackUrl !== undefined) return callbackUrl.replace(/\/+$/, '');
  return isLoopback(target) ? `${listening}/events` : undefined;
}

async function carriedOut(
  target: string,
  statement: CapabilityStatement,
  seed: string,
  options: VerifyCommandOptions,
): Promise<Verification> {
  const kernel = new SystemKernel({ seed, onFault: (fault) => console.error(fault) });
  const mounted: { endpoint?: Endpoint } = {};
  const served = await listening(kernel, mounted, options);
  const progress = openProgress(process.stderr);
  try {
    const callbackUrl = callbackUrlOf(target, options, served.url);
    if (callbackUrl === undefined) sayNoEvents();
    const known = knownCredentials(options.auth, statement, process.env);
    const client = fetchClient(kernel);
    const open = openVerification({
      kernel,
      client,
      baseUrl: target,
      callbackUrl,
      callbackSecret: secretOf(options),
      statement,
      budget: budgetOf(options.budget),
      credentials: known && credentialsOf(known, { kernel, client, statement }),
      mayDelete: options.allowDelete ?? false,
      restart: restarter(options.restartCommand),
      onProgress: progress.show,
    });
    mounted.endpoint = open.listener;
    return await finished(kernel, open);
  } catch (failure) {
    throw failure instanceof NoToken ? new WrongUse(failure.message) : failure;
  } finally {
    progress.end();
    kernel.close();
    await served.close();
  }
}

function listening(kernel: Kernel, mounted: { endpoint?: Endpoint }, options: VerifyCommandOptions): Promise<Served> {
  return serveEndpoint({
    kernel,
    endpoint: (request) => mounted.endpoint?.(request) ?? { kind: 'reset', afterMs: 0 },
    ...listenAt(options.listen, options.callbackUrl !== undefined),
    refuse: (status, message) => jsonResponse(status, errorOfStatus(status, message).body),
  }).catch((failure: unknown) => {
    throw portTaken(failure, '--listen <port>');
  });
}

function finished(kernel: Kernel, open: OpenVerification): Promise<Verification> {
  return new Promise((resolve, reject) => {
    kernel.call('verify', () => open.run().then(resolve, reject));
  });
}

function secretOf({ callbackSecretFrom }: VerifyCommandOptions): string | undefined {
  if (callbackSecretFrom === undefined) return undefined;
  const secret = process.env[callbackSecretFrom];
  if (secret === undefined || secret === '')
    throw new WrongUse(`--callback-secret-from: there is no variable ${callbackSecretFrom} in the environment.`);
  return secret;
}

function sayNoEvents(): void {
  say(
    colour(
      'dim',
      'Events are not verified: give --callback-url with an address at which the vendor reaches this machine.',
    ),
  );
}
