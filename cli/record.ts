/** `southbound record`: stands between a client and a vendor, and makes reports, a mock script and a pact of what passes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pactOf } from '../contracts/pacts/from-trace.ts';
import type { Trace } from '../contracts/records/trace.ts';
import type { VerificationRecord } from '../contracts/records/verification.ts';
import { themes } from '../contracts/rules/catalogue.ts';
import { judge } from '../contracts/rules/judge.ts';
import { verificationRecordOf } from '../contracts/rules/record-of.ts';
import { publishedApis } from '../contracts/schemas/documents.ts';
import { durationMsOfText, isDuration } from '../contracts/schemas/text.ts';
import { originOf } from '../exchange/message.ts';
import { scriptOf, scriptText } from '../mocks/learn.ts';
import { summary } from '../reports/verification/terminal.ts';
import { openRecording, type Recording } from './recording/standing.ts';
import { colour, say, toned, WrongUse } from './terminal.ts';
import { assertFolder, writeVerification } from './verify/reports.ts';
import { version } from './version.ts';

export interface RecordOptions {
  readonly target: string;
  readonly out: string;
  readonly port: number;
  readonly callbackPort: number;
  readonly host: string;
  readonly callbackUrl?: string;
  readonly for?: string;
  readonly consumer: string;
  readonly provider: string;
  readonly quiet?: boolean;
}

/** 0 nothing is wrong with what was recorded, 1 findings. */
export async function record(options: RecordOptions): Promise<number> {
  const target = targetIn(options.target);
  assertFolder(options.out);
  const forMs = options.for === undefined ? undefined : durationIn(options.for);
  const { host, port, callbackPort, callbackUrl, quiet = false } = options;
  const recording = await openRecording({ target, host, port, callbackPort, callbackUrl, quiet });
  say(colour('bold', `Recording what passes between a client and ${target}`));
  say(`  the client asks  ${recording.clientUrl}${target.slice(originOf(target).length)}`);
  say(`  callbacks reach  ${recording.callbackUrl}`);
  say(`  to end it        curl -X POST ${recording.clientUrl}${recording.endPath}`);
  say(forMs === undefined ? 'Ctrl-C ends it.' : `It ends after ${options.for}; Ctrl-C ends it.`);
  let code = 0;
  await recording.untilEnded(forMs, (ended) => {
    const written = writtenFrom(ended, target, options);
    code = written.verdict === 'fail' ? 1 : 0;
    return written;
  });
  return code;
}

/** What is made of a recording; also the answer to whoever asked for its end. */
interface Written {
  readonly verdict: VerificationRecord['verdict'] | 'nothing recorded';
  readonly exchanges: number;
  readonly folder?: string;
}

function writtenFrom(ended: Recording, target: string, options: RecordOptions): Written {
  const { trace, unrecorded } = ended;
  const { length: exchanges } = trace.exchanges;
  say();
  if (unrecorded > 0) say(`${unrecorded} requests went elsewhere than to the API: passed on, not recorded`);
  if (exchanges === 0) {
    say(colour('red', 'Nothing was recorded, and nothing is written. Let the client ask the address above.'));
    return { verdict: 'nothing recorded', exchanges };
  }
  // What was recorded first: whatever becomes of judging it, it is there.
  writeRecording(options.out, trace, options);
  const judged = judgedRecord(ended, target);
  say();
  for (const line of summary(judged)) say(toned(line));
  say();
  writeVerification(options.out, judged);
  return { verdict: judged.verdict, exchanges, folder: options.out };
}

/** By the same rules as `verify`; a rule that needs an experiment stays undecided. */
function judgedRecord({ trace, seed, startedAt, endedAt }: Recording, target: string): VerificationRecord {
  const on = new Date(startedAt).toISOString().slice(0, 10);
  const judgement = judge(trace, { themes, statement: {}, origin: originOf(target), on });
  const asked = trace.exchanges.filter(({ from }) => from === 'verifier');
  const orders = asked.filter(({ request: { method, path } }) => method === 'POST' && /\/serviceOrder\/?$/.test(path));
  const used = { orders: orders.length, requests: asked.length };
  const leftOut = ['recorded traffic: nothing was asked that the client did not ask'];
  return verificationRecordOf({
    version,
    target,
    seed,
    startedAt,
    endedAt,
    statement: {},
    used,
    leftOut,
    trace,
    judgement,
  });
}

function writeRecording(folder: string, trace: Trace, { consumer, provider }: RecordOptions): void {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('trace.json', `${JSON.stringify(trace, undefined, 2)}\n`);
  say(`${trace.exchanges.length} exchanges in ${join(folder, 'trace.json')}`);
  const learned = scriptOf(trace);
  if (learned.script === undefined) say('no mock script: no order was placed');
  else {
    write('som.yaml', scriptText(learned));
    say(`a mock that behaves like it: southbound mock som --script ${join(folder, 'som.yaml')}`);
    for (const what of learned.unlearned) say(`  not in the script: ${what}`);
  }
  const pact = pactOf(trace, { consumer, provider });
  if (pact.text === undefined) say('no pact: nothing was asked that a pact can hold');
  else {
    write('recorded.json', pact.text);
    say(`a pact of ${pact.interactions} interactions in ${join(folder, 'recorded.json')}`);
  }
  for (const what of pact.leftOut) say(`  not in the pact: ${what}`);
}

/** The API lies where the published one does, unless the URL has a path. */
function targetIn(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new WrongUse(
      `--target expects a URL, such as http://127.0.0.1:8621/tmf-api/serviceOrdering/v4; got ${text}.`,
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    throw new WrongUse('--target is an address only: the client sends its credentials itself.');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? publishedApis.TMF641.basePath : path}`;
}

function durationIn(text: string): number {
  if (!isDuration(text)) throw new WrongUse(`--for expects a duration, for example PT30M; got ${text}.`);
  return durationMsOfText(text);
}
