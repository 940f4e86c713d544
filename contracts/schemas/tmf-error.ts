/** The TMF630 error body, as whoever answers writes it. */
import type { Finding } from './finding.ts';
import type { Error as TmfError } from './tmf641-v4.1.generated.ts';

export interface ErrorAnswer {
  readonly status: number;
  readonly body: TmfError;
}

interface Detail {
  readonly message: string;
  /** JSON pointer into the request. */
  readonly datapath: string;
}

/** @param code a TMF630 application code, which `Error` wants as text. */
export function errorAnswer(
  status: number,
  code: string,
  reason: string,
  message: string,
  details: readonly Detail[] = [],
): ErrorAnswer {
  const body = { code, reason, message, status: String(status), '@type': 'Error' };
  return { status, body: details.length === 0 ? body : { ...body, details } };
}

/**
 * What is said of a request must not grow with it without end: whoever sends one wrong element a hundred thousand times would
 * be sent as many details. More places than these nobody puts right one by one; longer pointers name no attribute of any API.
 */
const most = { details: 100, pointer: 500 } as const;

/** What a request to no route at all is answered. */
export function errorOfStatus(status: number, message: string): ErrorAnswer {
  const [code, reason] = statusWords[status] ?? ['1', 'Internal error'];
  return errorAnswer(status, code, reason, message);
}

/** Application codes of TMF630 for what happens before a request is understood. */
const statusWords: { readonly [status: number]: readonly [string, string] } = {
  400: ['22', 'Invalid body'],
  404: ['60', 'Resource not found'],
  405: ['61', 'Method not allowed'],
  408: ['22', 'Request timeout'],
  413: ['22', 'Body too large'],
  414: ['20', 'Invalid URL'],
  415: ['22', 'Unsupported media type'],
  417: ['26', 'Invalid header value'],
  431: ['26', 'Headers too large'],
};

/** The page that was asked for is none. */
export function errorOfPaging(): ErrorAnswer {
  return errorAnswer(400, '28', 'Invalid query-string parameter', 'offset and limit are whole numbers of 0 or more');
}

/** The body breaks its schema. Says every place, since all have to be put right. */
export function errorOfFindings(findings: readonly Finding[]): ErrorAnswer {
  const isMissing = findings.every(({ rule }) => rule === 'required');
  const details = findings.slice(0, most.details).map((finding) => ({
    message: `expected ${finding.expected}, got ${finding.got} (${finding.rule})`,
    datapath: nearest(finding.pointer),
  }));
  const places = details.slice(0, 3).map(({ datapath }) => (datapath === '' ? 'the body' : datapath));
  const more = findings.length > 3 ? ` and ${findings.length - 3} more` : '';
  return errorAnswer(
    400,
    isMissing ? '23' : '24',
    isMissing ? 'Missing body field' : 'Invalid body field',
    `The request does not match its schema at ${places.join(', ')}${more}; details says what was expected`,
    details,
  );
}

/** The place itself, or where it is in, when its own name is too long to be told. */
function nearest(pointer: string): string {
  return pointer.length <= most.pointer ? pointer : pointer.slice(0, pointer.lastIndexOf('/', most.pointer));
}
