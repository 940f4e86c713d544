/** What HTTP asks of every path, whatever is served there: HEAD, OPTIONS, and an answer that whoever asks can read. */
import { errorOfStatus } from '../../contracts/schemas/tmf-error.ts';
import type { HttpResponse, ReceivedRequest } from '../../exchange/message.ts';
import type { Routing } from '../../exchange/router.ts';
import { errorResponse } from './answers.ts';

/** RFC 9110, 9.3.2, 9.3.7 and 12.5.1. */
export function onEveryPath(route: Routing<HttpResponse>): Routing<HttpResponse> {
  return async (request) => {
    if (request.method === 'OPTIONS') return possibleAt(await route(request));
    const asked = request.method === 'HEAD' ? { ...request, method: 'GET' } : request;
    // Whatever changes something is done and answered, even for those who cannot read the answer.
    if (asked.method === 'GET' && !isReadable(request)) return notAcceptable(request);
    const response = await route(asked);
    return request.method === 'HEAD' ? headOf(response) : response;
  };
}

/** What may be asked where something can be read, beside the methods that are served. */
export function allowedWith(served: string): string {
  const methods = served.split(', ');
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

/** No route has the method, and so the refusal says which there are. */
function possibleAt(refused: HttpResponse): HttpResponse {
  const { allow } = refused.headers;
  return allow === undefined ? refused : { status: 204, headers: { allow } };
}

function headOf({ status, headers, body }: HttpResponse): HttpResponse {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body.text)) };
  return { status, headers: { ...headers, ...length } };
}

/** What is answered here: JSON, and one page for people. */
const answered = ['application/json', 'text/html'];

function isReadable({ headers }: ReceivedRequest): boolean {
  const { accept = '' } = headers;
  const ranges = accept.split(',').map((range) => range.trim().toLowerCase());
  return accept.trim() === '' || ranges.some(isAnswered);
}

function isAnswered(range: string): boolean {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  if (parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter))) return false;
  return type === '*' || type === '*/*' || answered.some((each) => each === type || `${each.split('/')[0]}/*` === type);
}

function notAcceptable({ headers }: ReceivedRequest): HttpResponse {
  const message = `What is here is application/json; that is not among what you accept: ${headers.accept}`;
  return errorResponse(errorOfStatus(406, message));
}
