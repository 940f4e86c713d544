/** A server to be measured, in a process of its own: the simulated SOM, or bare fastify answering bytes it was given. */
import fastify from 'fastify';
import { errorOfStatus } from '../contracts/schemas/tmf-error.ts';
import { serveEndpoint } from '../exchange/fastify.ts';
import { fetchClient } from '../exchange/fetch.ts';
import { type HttpResponse, jsonResponse } from '../exchange/message.ts';
import { recordingEndpoint, runCounter } from '../exchange/recording.ts';
import { SystemKernel } from '../kernel/system-kernel.ts';
import { LastOf, remembered } from '../mocks/journal.ts';
import { Som } from '../mocks/som.ts';
import { readSomScript } from '../mocks/som-script.ts';

/** What it is asked over the channel between the processes. */
export type Asked = { readonly serve: 'som' } | { readonly serve: 'bare'; readonly answer: HttpResponse } | 'cpu';

/** What it says there: where it stands, or the processor time it has used, in microseconds. */
export type Said = { readonly url: string } | { readonly cpuUs: number };

/** Answers at once, so that latency does not hide the cost; then lives through the life of an order. */
const script = {
  som: 'At once',
  latency: 'PT0S',
  behaviours: [
    {
      answer: 'accept',
      then: [
        { after: 'PT1S', state: 'inProgress' },
        { after: 'PT1S', state: 'completed' },
      ],
    },
  ],
};

process.on('message', (asked: Asked) => {
  void answerTo(asked).then((said) => process.send?.(said));
});

async function answerTo(asked: Asked): Promise<Said> {
  if (asked === 'cpu') {
    const { user, system } = process.cpuUsage();
    return { cpuUs: user + system };
  }
  return { url: asked.serve === 'som' ? await serveSom() : await serveBare(asked.answer) };
}

/** As `southbound mock som` serves it. */
async function serveSom(): Promise<string> {
  const read = readSomScript(script);
  if (!read.ok) throw new Error(`the script of the benchmark is not valid: ${JSON.stringify(read.findings)}`);
  const kernel = new SystemKernel({ seed: 'bench', onFault: (fault) => console.error(fault) });
  const url = 'http://127.0.0.1';
  const som = new Som({ kernel, script: read.script, client: fetchClient(kernel), publicUrl: url, callbackUrl: url });
  const exchanges = new LastOf<unknown>(remembered);
  const sink = exchanges.add.bind(exchanges);
  const endpoint = recordingEndpoint(som.endpoint, { clock: kernel, counter: runCounter(), to: 'som', sink });
  const refuse = (status: number, message: string) => jsonResponse(status, errorOfStatus(status, message).body);
  return (await serveEndpoint({ kernel, endpoint, host: '127.0.0.1', port: 0, refuse })).url;
}

/** Takes a request as fastify does of itself, and answers. */
function serveBare({ status, headers, body }: HttpResponse): Promise<string> {
  const server = fastify();
  server.post('/*', (_request, reply) =>
    reply
      .code(status)
      .headers({ ...headers })
      .send(body?.text),
  );
  return server.listen({ host: '127.0.0.1', port: 0 });
}
