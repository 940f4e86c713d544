/** A vendor in virtual time, everything that is sent to it, and a verification of it. */
import type { CapabilityStatement } from '../../../contracts/records/capabilities.ts';
import { conformant } from '../../../contracts/twins/vendor/conformant.ts';
import type { Phase } from '../../../contracts/verify/plan.ts';
import type { Budget } from '../../../contracts/verify/sender.ts';
import { openVerification, type Verification, type VerifyOptions } from '../../../contracts/verify/verify.ts';
import { directClient } from '../../../exchange/direct.ts';
import type { Answer, Endpoint } from '../../../exchange/endpoint.ts';
import type { ReceivedRequest } from '../../../exchange/message.ts';
import { virtualKernel } from '../../../kernel/virtual-kernel.ts';

const vendorUrl = 'http://vendor.test';
const verifierUrl = 'http://verifier.test';
const base = '/tmf-api/serviceOrdering/v4';

export interface Received {
  readonly at: number;
  readonly method: string;
  /** Below the base path. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number | undefined;
  readonly answered: unknown;
}

export interface Watched {
  readonly plan: readonly Phase[];
  readonly received: readonly Received[];
  run(): Promise<Verification>;
}

export interface Watching {
  readonly seed?: string;
  readonly statement?: CapabilityStatement;
  readonly budget?: Partial<Budget>;
  readonly mayDelete?: boolean;
  readonly isDeaf?: boolean;
  readonly credentials?: VerifyOptions['credentials'] | undefined;
  readonly restart?: (() => Promise<void>) | undefined;
  /** In place of the conformant vendor, where it gives something. */
  readonly instead?: (request: ReceivedRequest) => Answer | undefined;
}

export const fullStatement: CapabilityStatement = conformant.claims;

export function watchedVendor(watching: Watching = {}): Watched {
  const { seed = '7', statement = fullStatement, budget, mayDelete = false, isDeaf = false, credentials } = watching;
  const kernel = virtualKernel({ seed });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network);
  const vendor = conformant.open({ kernel, client, publicUrl: vendorUrl });
  const received: Received[] = [];
  network.set(vendorUrl, async (request) => {
    const at = kernel.now();
    const answer = watching.instead?.(request) ?? (await vendor.endpoint(request));
    const { status, body } = answer.kind === 'reply' ? answer.response : { status: undefined, body: undefined };
    const path = request.path.slice(base.length);
    received.push({ at, method: request.method, path, body: request.body?.json, status, answered: body?.json });
    return answer;
  });
  const open = openVerification({
    kernel,
    client,
    baseUrl: `${vendorUrl}${base}`,
    callbackUrl: isDeaf ? undefined : `${verifierUrl}/events`,
    statement,
    budget,
    credentials,
    mayDelete,
    restart: watching.restart,
  });
  network.set(verifierUrl, open.listener);
  return { plan: open.plan, received, run: () => finished(kernel, open.run) };
}

/** What it gives, or throws what it threw. */
async function finished(
  kernel: ReturnType<typeof virtualKernel>,
  run: () => Promise<Verification>,
): Promise<Verification> {
  let end: { verification: Verification } | { failure: unknown } | undefined;
  kernel.call('verify', async () => {
    try {
      end = { verification: await run() };
    } catch (failure) {
      end = { failure };
    }
  });
  await kernel.run(undefined, () => end !== undefined);
  if (end === undefined) throw new Error('the verification did not end');
  if ('failure' in end) throw end.failure;
  return end.verification;
}

export function isCreate({ method, path }: Received): boolean {
  return method === 'POST' && path === '/serviceOrder';
}

/** Requests that do not clean up. */
export function isAsked({ method, path }: Received): boolean {
  return method !== 'DELETE' || !path.startsWith('/hub/');
}

/** Ids of the subscriptions that were made and not ended. */
export function stillRegistered(received: readonly Received[]): string[] {
  const made = received.flatMap(({ method, path, status, answered }) =>
    method === 'POST' && path === '/hub' && status === 201 ? [(answered as { id: string }).id] : [],
  ); // as the vendor answers a registration
  const ended = new Set(
    received.flatMap(({ method, path }) => (method === 'DELETE' ? [path.replace('/hub/', '')] : [])),
  );
  return made.filter((id) => !ended.has(id));
}
