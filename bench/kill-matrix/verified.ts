/** One twin, verified in process and in virtual time: the trace, and what the rules say of it. */
import type { CapabilityStatement } from '../../contracts/records/capabilities.ts';
import { themes } from '../../contracts/rules/catalogue.ts';
import { type Judgement, judge } from '../../contracts/rules/judge.ts';
import type { Twin } from '../../contracts/twins/twin.ts';
import { openVerification, type Verification } from '../../contracts/verify/verify.ts';
import { directClient } from '../../exchange/direct.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { virtualKernel } from '../../kernel/virtual-kernel.ts';
import { credentialsFor, twinCredentials } from './credentials.ts';

const vendorUrl = 'http://vendor.test';
const verifierUrl = 'http://verifier.test';
/** The same listener, behind a certificate that nobody should trust. */
const untrustedUrl = 'https://verifier.test';

export const usualBase = '/tmf-api/serviceOrdering/v4';
export const callbackSecret = 'callback-secret-of-the-twins';
/** The day on which waivers are looked at: that of virtual time. */
export const judgedOn = '2026-01-05';

export interface VerifiedTwin {
  readonly twin: Twin;
  readonly verification: Verification;
  readonly judgement: Judgement;
}

/** @param options.withStatement false: nothing is known of the vendor but where it is. */
export async function verifiedTwin(
  twin: Twin,
  options: { seed: string; withStatement?: boolean },
): Promise<VerifiedTwin> {
  const { seed, withStatement = true } = options;
  const kernel = virtualKernel({ seed });
  const network = new Map<string, Endpoint>();
  const client = directClient(kernel, network, new Set([untrustedUrl]));
  const secrets = { callbackSecret, credentials: twinCredentials };
  const vendor = twin.open({ kernel, client, publicUrl: vendorUrl, ...secrets });
  network.set(vendorUrl, vendor.endpoint);
  const statement: CapabilityStatement = withStatement ? twin.claims : {};
  const open = openVerification({
    kernel,
    client,
    baseUrl: `${vendorUrl}${twin.basePath ?? usualBase}`,
    callbackUrl: `${verifierUrl}/events`,
    untrustedUrl: `${untrustedUrl}/events`,
    callbackSecret,
    statement,
    credentials: credentialsFor(twin.claims, client, kernel),
    mayDelete: true,
    restart: async () => vendor.restart(),
  });
  network.set(verifierUrl, open.listener).set(untrustedUrl, open.listener);
  const { verification } = await finished(kernel, open.run);
  const judgement = judge(verification.trace, { themes, statement, origin: vendorUrl, on: judgedOn });
  return { twin, verification, judgement };
}

async function finished(
  kernel: ReturnType<typeof virtualKernel>,
  run: () => Promise<Verification>,
): Promise<{ verification: Verification }> {
  let verification: Verification | undefined;
  kernel.call('verify', async () => {
    verification = await run();
  });
  await kernel.run(undefined, () => verification !== undefined);
  if (verification === undefined) throw new Error('the verification did not end');
  return { verification };
}
