/** One twin, verified as `southbound verify` does it: on the machine's clock, over sockets, each end served on a port. */
import { themes } from '../../contracts/rules/catalogue.ts';
import { judge } from '../../contracts/rules/judge.ts';
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import type { Twin } from '../../contracts/twins/twin.ts';
import { type OpenVerification, openVerification, type Verification } from '../../contracts/verify/verify.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../exchange/fastify.ts';
import { fetchClient } from '../../exchange/fetch.ts';
import { jsonResponse } from '../../exchange/message.ts';
import { type Certificate, untrustedCertificate } from '../../exchange/untrusted.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { SystemKernel } from '../../kernel/system-kernel.ts';
import { credentialsFor, twinCredentials } from './credentials.ts';
import { callbackSecret, judgedOn, usualBase, type VerifiedTwin } from './verified.ts';

/** @throws when a kernel reports a bug. */
export async function servedTwin(twin: Twin, { seed }: { seed: string }): Promise<VerifiedTwin> {
  const faults: unknown[] = [];
  // Two, as the two ends would be two processes: neither waits for what the other has to do.
  const [ours, theirs] = [0, 1].map(() => new SystemKernel({ seed, onFault: (fault) => faults.push(fault) }));
  if (ours === undefined || theirs === undefined) throw new Error('there are two kernels');
  const certificate = untrustedCertificate();
  const all = await Promise.all([mounted(theirs), mounted(ours), mounted(ours, certificate)]);
  const [vendor, listener, untrusted] = all;
  try {
    const secrets = { callbackSecret, credentials: twinCredentials };
    const open = twin.open({ kernel: theirs, client: fetchClient(theirs), publicUrl: vendor.url, ...secrets });
    vendor.mount(open.endpoint);
    const client = fetchClient(ours);
    const verifier = openVerification({
      kernel: ours,
      client,
      baseUrl: `${vendor.url}${twin.basePath ?? usualBase}`,
      callbackUrl: `${listener.url}/events`,
      untrustedUrl: `${untrusted.url}/events`,
      callbackSecret,
      statement: twin.claims,
      credentials: credentialsFor(twin.claims, client, ours),
      mayDelete: true,
      restart: async () => open.restart(),
    });
    for (const { mount } of [listener, untrusted]) mount(verifier.listener);
    const verification = await finished(ours, verifier);
    if (faults.length > 0) throw faults[0];
    const { trace } = verification;
    const judgement = judge(trace, { themes, statement: twin.claims, origin: vendor.url, on: judgedOn });
    return { twin, verification, judgement };
  } finally {
    ours.close();
    theirs.close();
    await Promise.all(all.map(({ close }) => close()));
  }
}

interface Mounted extends Served {
  mount(endpoint: Endpoint): void;
}

/** The port is known before what is served on it: a twin says in its answers where it is. */
async function mounted(kernel: Kernel, certificate?: Certificate): Promise<Mounted> {
  let inner: Endpoint = () => ({ kind: 'reset', afterMs: 0 });
  const served = await serveEndpoint({
    kernel,
    endpoint: (request) => inner(request),
    host: '127.0.0.1',
    port: 0,
    ...(certificate && { certificate }),
    refuse: (status, message) => jsonResponse(status, errorOfStatus(status, message).body),
  });
  return {
    ...served,
    mount: (endpoint) => {
      inner = endpoint;
    },
  };
}

function finished(kernel: Kernel, open: OpenVerification): Promise<Verification> {
  return new Promise((resolve, reject) => {
    kernel.call('verify', () => open.run().then(resolve, reject));
  });
}
