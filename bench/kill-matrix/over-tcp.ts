/** Whether a verification over sockets comes to the same verdicts and findings as one in virtual time. */
import type { Twin } from '../../contracts/twins/twin.ts';
import { twins } from '../../contracts/twins/twins.ts';
import { type Outcome, outcomeOf } from './results.ts';
import { tcpSample } from './sample.ts';
import { servedTwin } from './served.ts';
import { verifiedTwin } from './verified.ts';

export interface TcpResult {
  readonly name: string;
  /** On the machine's clock. */
  readonly lastedMs: number;
  /** What is not the same; nothing is as it should be. */
  readonly differences: readonly string[];
}

/** At once. More make the machine late for all of them; with fewer it takes longer than anybody waits. */
const lanes = 5;
const seed = '1';

/** The quick ones come last, so that no lane is left alone with a long one. */
export async function verifiedOverTcp(
  onProgress: (done: number, all: number, about: string) => void,
): Promise<readonly TcpResult[]> {
  const done: TcpResult[] = [];
  const queue = tcpSample.values();
  const lane = async (): Promise<void> => {
    for (const name of queue) {
      done.push(await compared(twinCalled(name)));
      onProgress(done.length, tcpSample.length, `over sockets: ${name}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return tcpSample.flatMap((name) => done.find((result) => result.name === name) ?? []);
}

function twinCalled(name: string): Twin {
  const twin = twins.find((other) => other.name === name);
  if (twin === undefined) throw new Error(`there is no twin ${name}: choose another one in sample.ts`);
  return twin;
}

async function compared(twin: Twin): Promise<TcpResult> {
  const [virtual, real] = [await verifiedTwin(twin, { seed }), await servedTwin(twin, { seed })].map(
    ({ verification, judgement }) => outcomeOf(verification, judgement),
  );
  if (virtual === undefined || real === undefined) throw new Error('both have been verified');
  return { name: twin.name, lastedMs: real.lastedMs, differences: differencesOf(virtual, real) };
}

function differencesOf(virtual: Outcome, real: Outcome): string[] {
  const verdicts = Object.entries(virtual.rules).flatMap(([id, { verdict, reason = '' }]) => {
    const other = real.rules[id];
    if (other?.verdict === verdict) return [];
    return [`${id}: ${verdict} in virtual time ${reason}, ${other?.verdict} over sockets ${other?.reason ?? ''}`];
  });
  return [
    ...verdicts,
    ...onlyIn(virtual, real).map((finding) => `only in virtual time: ${finding}`),
    ...onlyIn(real, virtual).map((finding) => `only over sockets: ${finding}`),
  ];
}

function onlyIn(one: Outcome, other: Outcome): string[] {
  const ids = new Set(other.findings.map(({ id }) => id));
  return one.findings.filter(({ id }) => !ids.has(id)).map(({ id, path, message }) => `${id}, ${path}: ${message}`);
}
