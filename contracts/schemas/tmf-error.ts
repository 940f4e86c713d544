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

/** Every `code` that an error of ours has, and what it says: TMF630, but for 62, which is ours. */
export const applicationCodes: { readonly [code: string]: string } = {
  '1': 'Something broke here: nothing is wrong with the request, and it may be sent again',
  '20': 'The address cannot be read, or asks for what is not done here',
  '21': 'A body is missing',
  '22': 'The body cannot be read, or cannot be answered in the way that is wanted: no JSON, not UTF-8, another media type or coding, too large, too deep, or too slow to come',
  '23': 'A field of the body is missing',
  '24': 'A field of the body is not as it should be',
  '26': 'A header has a value that it must not have, or there are too many of them',
  '28': 'A parameter of the query has a value that it must not have',
  '40': 'There is no token',
  '41': 'The token is not known',
  '42': 'The token is taken no longer',
  '52': 'The roles are not enough',
  '60': 'There is nothing at that address, or under that id',
  '61': 'The method is not possible at that address; the header Allow says which are',
  '62': 'It is not possible as things stand',
};

/** @param code a TMF630 application code, which `Error` wants as text. */
export function errorAnswer(
  status: number,
  code: string,
  reason: string,
  message: string,
  details: readonly Detail[] = [],
): ErrorAnswer {
  const body = { code, reason, message: inShort(message), status: String(status), '@type': 'Error' };
  const places = details.map((detail) => ({ ...detail, message: inShort(detail.message) }));
  return { status, body: details.length === 0 ? body : { ...body, details: places } };
}

/**
 * What is said of a request must not grow with it without end: whoever sends one wrong element a hundred thousand times would
 * be sent as many details, and whoever sends a name as long as a book would be sent the book. More places than these nobody puts right one by one; longer pointers name no attribute of any API.
 */
const most = { details: 100, pointer: 500, message: 4_000 } as const;

function inShort(message: string): string {
  return message.length > most.message ? `${message.slice(0, most.message)}...` : message;
}

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
  406: ['22', 'Not acceptable'],
  408: ['22', 'Request timeout'],
  413: ['22', 'Body too large'],
  414: ['20', 'Invalid URL'],
  415: ['22', 'Unsupported media type'],
  417: ['26', 'Invalid header value'],
  431: ['26', 'Headers too large'],
  501: ['20', 'Not implemented'],
};

/** The page that was asked for is none. */
export function errorOfPaging(): ErrorAnswer {
  return errorAnswer(400, '28', 'Invalid query-string parameter', 'offset and limit are whole numbers of 0 or more');
}

/** Part 6 of TMF630 has filters in JSONPath, and 501 where they are not understood. */
export function errorOfJsonPath(): ErrorAnswer {
  return errorOfStatus(501, 'JSONPath is not understood here. Filter by attributes: state=held&productOrderItem.id=1');
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
