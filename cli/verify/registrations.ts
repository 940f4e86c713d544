/** The subscriptions that a verification has made at the vendor and not ended: when it is broken off, they are ended all the same. */
import type { TracedExchange } from '../../contracts/records/trace.ts';
import type { Client, Outcome } from '../../exchange/client.ts';
import type { Headers } from '../../exchange/message.ts';

/** How long the end of a subscription may take. */
const timeoutMs = 5_000;

export class Registrations {
  readonly #hub: string;
  readonly #ids = new Set<string>();

  /** @param target where the vendor's API lies. */
  constructor(target: string) {
    this.#hub = `${target}/hub`;
  }

  get ids(): readonly string[] {
    return [...this.#ids];
  }

  /** To be told of every exchange. */
  note({ from, request: { method, path }, outcome }: TracedExchange): void {
    if (from !== 'verifier' || !('status' in outcome) || outcome.status >= 300) return;
    const hubPath = new URL(this.#hub).pathname;
    const id = idIn(outcome.body?.text);
    if (method === 'POST' && path === hubPath && id !== undefined) this.#ids.add(id);
    if (method === 'DELETE' && path.startsWith(`${hubPath}/`))
      this.#ids.delete(decodeURIComponent(path.slice(hubPath.length + 1)));
  }

  /** @returns those that could not be ended, each with what the vendor said to it. */
  async end(client: Client, credentials: () => Promise<Headers>): Promise<string[]> {
    const left: string[] = [];
    for (const id of this.ids) {
      const url = `${this.#hub}/${encodeURIComponent(id)}`;
      const headers = { accept: 'application/json', ...(await credentials().catch(() => ({}))) };
      const said = textOf(await client.send({ method: 'DELETE', url, headers }, { timeoutMs }));
      if (said === undefined) this.#ids.delete(id);
      else left.push(`${url} (${said})`);
    }
    return left;
  }
}

/** Nothing when it was ended, or is not there any more. */
function textOf(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'answered' && outcome.kind !== 'malformed') return outcome.kind;
  const { status } = outcome.response;
  return status < 300 || status === 404 || status === 410 ? undefined : String(status);
}

function idIn(text: string | undefined): string | undefined {
  try {
    const id: unknown = Object(JSON.parse(text ?? 'null')).id;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Sends until the signal is given; what is asked for afterwards is never sent, and never answered. */
export function untilSignal(client: Client, signal: AbortSignal): { client: Client; settled: () => Promise<unknown> } {
  const open = new Set<Promise<Outcome>>();
  return {
    client: {
      send: (request, options) => {
        if (signal.aborted) return new Promise(() => {});
        const sent = client.send(request, options);
        open.add(sent);
        const closed = () => void open.delete(sent);
        sent.then(closed, closed);
        return sent;
      },
    },
    settled: () => Promise.allSettled(open),
  };
}
