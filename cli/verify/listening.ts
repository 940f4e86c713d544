/** Where the listener stands, and at which address the vendor is told to reach it: these need not be the same. */
import { isIP } from 'node:net';
import type { CapabilityStatement } from '../../contracts/records/capabilities.ts';
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import type { Endpoint } from '../../exchange/endpoint.ts';
import { type Served, serveEndpoint } from '../../exchange/fastify.ts';
import { jsonResponse, originOf } from '../../exchange/message.ts';
import { type Certificate, untrustedCertificate } from '../../exchange/untrusted.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { portTaken, WrongUse } from '../terminal.ts';

export interface Place {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What the vendor is told, without a slash at the end; absent: where it stands, if the vendor can reach that. */
  readonly advertised?: string;
  readonly isReachable: boolean;
  /** The same for a second listener, with a certificate that nobody should trust; absent: there is none. */
  readonly untrusted?: { readonly port: number; readonly advertised?: string };
}

export interface Addresses {
  /** Absent: the vendor could not reach the listener. */
  readonly callbackUrl: string | undefined;
  readonly untrustedUrl: string | undefined;
}

export interface Listening extends Addresses {
  close(): Promise<void>;
}

/** A vendor on this machine reaches a listener on it; any other has to be told where. */
export function listenerPlace(
  target: string,
  options: {
    readonly callbackUrl?: string | undefined;
    readonly listen?: string | undefined;
    readonly untrustedCallbackUrl?: string | undefined;
  },
  statement: CapabilityStatement,
): Place {
  const advertised = options.callbackUrl === undefined ? undefined : addressIn('--callback-url', options.callbackUrl);
  const { host, port } = listenAt(options.listen, advertised);
  const isReachable = advertised !== undefined || isLoopback(target);
  const untrusted = untrustedPlace(options.untrustedCallbackUrl, { advertised, isReachable }, statement);
  return { host, port, isReachable, ...(advertised && { advertised }), ...(untrusted && { untrusted }) };
}

export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}

/** `host:port`, or a port alone: of this machine only, unless an address is advertised. Without: the advertised port. */
function listenAt(text: string | undefined, advertised: string | undefined): Pick<Place, 'host' | 'port'> {
  const usualHost = advertised === undefined ? '127.0.0.1' : '0.0.0.0';
  if (text !== undefined) {
    const [, host = usualHost, port = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
    if (port === '' || Number(port) > 65_535) throw new WrongUse(`--listen "${text}": give a port, or host:port.`);
    return { host: host.replace(/^\[(.+)\]$/, '$1'), port: Number(port) };
  }
  if (advertised === undefined) return { host: usualHost, port: 0 };
  const { protocol, port } = new URL(advertised);
  if (protocol === 'https:')
    throw new WrongUse(
      `--callback-url ${advertised}: whoever takes https there has to pass it on as http. Say with --listen [host:]port where to.`,
    );
  return { host: usualHost, port: Number(port === '' ? '80' : port) };
}

function addressIn(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new WrongUse(`${option} "${text}": give an address such as http://me.example:8090/events, without a query.`);
  if (url.username !== '' || url.password !== '')
    throw new WrongUse(`${option}: an address only; with a password in it, reports would show that.`);
  return text.replace(/\/+$/, '');
}

function untrustedPlace(
  text: string | undefined,
  { advertised, isReachable }: { advertised: string | undefined; isReachable: boolean },
  { events, offers }: CapabilityStatement,
): Place['untrusted'] {
  if (text !== undefined) {
    const url = addressIn('--untrusted-callback-url', text);
    if (!url.startsWith('https:')) throw new WrongUse(`--untrusted-callback-url ${text}: https, please.`);
    return { port: Number(new URL(url).port || '443'), advertised: originOf(url) };
  }
  if (events?.checksCertificates === false || offers?.hub === false) return undefined;
  return isReachable && advertised === undefined ? { port: 0 } : undefined;
}

/** What a plan says of addresses: a port that is not taken yet is a word. */
export function plannedAddresses(place: Place): Addresses {
  return addressesOf(place, 'http://127.0.0.1:PORT', 'https://127.0.0.1:PORT');
}

function addressesOf(place: Place, standing: string, untrustedStanding: string | undefined): Addresses {
  const { advertised, isReachable, untrusted } = place;
  const callbackUrl = advertised ?? (isReachable ? `${standing}/events` : undefined);
  const untrustedOrigin = untrusted?.advertised ?? untrustedStanding;
  if (callbackUrl === undefined || untrusted === undefined || untrustedOrigin === undefined)
    return { callbackUrl, untrustedUrl: undefined };
  return { callbackUrl, untrustedUrl: `${untrustedOrigin}${callbackUrl.slice(originOf(callbackUrl).length)}` };
}

/** @throws a `WrongUse` when a port is taken. */
export async function openListening(kernel: Kernel, place: Place, endpoint: Endpoint): Promise<Listening> {
  const { host, port, untrusted } = place;
  const served = await serve({ kernel, endpoint, host, port });
  const second =
    untrusted &&
    (await serve({ kernel, endpoint, host, port: untrusted.port, certificate: untrustedCertificate() }).catch(
      async (failure: unknown) => {
        await served.close();
        throw failure;
      },
    ));
  return {
    ...addressesOf(place, served.url, second?.url),
    close: async () => {
      await served.close();
      await second?.close();
    },
  };
}

function serve(where: {
  kernel: Kernel;
  endpoint: Endpoint;
  host: string;
  port: number;
  certificate?: Certificate;
}): Promise<Served> {
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  return serveEndpoint({ ...where, refuse }).catch((failure: unknown) => {
    throw portTaken(failure, '--listen <port>');
  });
}
