/** A hostile request as bytes, with what only bytes can do wrong: lengths, encodings, and HTTP that is none. */
import { gzipSync } from 'node:zlib';
import { type Chance, chanceStream } from '../../../kernel/chance.ts';
import type { HostileRequest } from './request.ts';

export interface WireRequest {
  readonly how: readonly string[];
  readonly method: string;
  readonly bytes: Buffer;
  /** Nothing needs to be answered to what is no HTTP request; the connection may be closed. */
  readonly isHttp: boolean;
}

interface Draft {
  method: string;
  target: string;
  version: string;
  /** Lines, as they stand on the wire. */
  headers: string[];
  body: Buffer;
  length: string | undefined;
  lineEnd: string;
  before: Buffer;
  after: Buffer;
  isHttp: boolean;
}

/** Half of them have something wrong with their bytes. */
export function wireRequest(request: HostileRequest, seed: string): WireRequest {
  const chance = chanceStream(seed, `wire.${request.index}`);
  const body = Buffer.from(request.text ?? '');
  const draft: Draft = {
    method: request.method,
    target: request.target,
    version: 'HTTP/1.1',
    headers: ['host: om.test', 'connection: close', ...headerLines(request.headers)],
    body,
    length: request.text === undefined ? undefined : String(body.length),
    lineEnd: '\r\n',
    before: empty,
    after: empty,
    // A method may be empty, and a header line may hold what no header may.
    isHttp: /^[A-Z]+$/.test(request.method),
  };
  const how = [...request.how];
  if (chance.fraction() < 0.5) {
    const name = chance.pick(Object.keys(faults));
    faults[name]?.(draft, chance);
    how.push(name);
  }
  return { how, method: draft.method, bytes: bytesOf(draft), isHttp: draft.isHttp };
}

const empty = Buffer.alloc(0);

function headerLines(headers: HostileRequest['headers']): string[] {
  return Object.entries(headers)
    .filter(([name]) => name !== 'host')
    .map(([name, value]) => `${name}: ${value}`);
}

function bytesOf({ method, target, version, headers, body, length, lineEnd, before, after }: Draft): Buffer {
  const first = [method, target, version].filter((part) => part !== '').join(' ');
  const lines = [first, ...headers, ...(length === undefined ? [] : [`content-length: ${length}`]), '', ''];
  return Buffer.concat([before, Buffer.from(lines.join(lineEnd)), body, after]);
}

/** By name; each spoils the bytes in its way. */
const faults: { readonly [name: string]: (draft: Draft, chance: Chance) => void } = {
  'the text is no UTF-8': (draft, chance) => {
    const at = chance.between(0, draft.body.length);
    const bad = Buffer.from(chance.pick(['ff', 'c0af', 'eda080', '80', 'f0288c28', 'fffe', '00']), 'hex');
    draft.body = Buffer.concat([draft.body.subarray(0, at), bad, draft.body.subarray(at)]);
    if (draft.length !== undefined) draft.length = String(draft.body.length);
  },
  'the text is UTF-16': (draft) => {
    draft.body = Buffer.from(`\uFEFF${draft.body.toString()}`, 'utf16le');
    draft.length = String(draft.body.length);
    draft.headers.push('content-type: application/json; charset=utf-16');
  },
  'the body ends too early': (draft, chance) => {
    draft.length = String(draft.body.length + chance.pick([1, 10, 1_000]));
    // The other side has gone away without an end; whatever is answered, nobody may be there.
    draft.isHttp = false;
  },
  'the body is longer than it says': (draft, chance) => {
    draft.length = String(Math.floor(draft.body.length * chance.fraction()));
  },
  'the length is none': (draft, chance) => {
    draft.length = chance.pick(['-1', 'x', '', '1e3', '0x10', '9'.repeat(30), '1, 2', '+5', ' ']);
  },
  'the length is there twice': (draft) => {
    draft.headers.push('content-length: 7');
    draft.length ??= '3';
  },
  'the body comes in chunks that are none': (draft, chance) => {
    draft.headers.push('transfer-encoding: chunked');
    draft.length = undefined;
    const size = chance.pick([draft.body.length.toString(16), 'zz', '-1', 'fffffffffffffffff', '0', '1;x=y']);
    const end = chance.pick(['\r\n0\r\n\r\n', '\r\n', '', '\r\n0\r\nx: y\r\n\r\n']);
    draft.body = Buffer.concat([Buffer.from(`${size}\r\n`), draft.body, Buffer.from(end)]);
    draft.isHttp = false;
  },
  'the length is told in two ways': (draft) => {
    draft.headers.push('transfer-encoding: chunked');
    draft.length = String(draft.body.length);
  },
  'the body is compressed, and says so': (draft) => {
    draft.body = gzipSync(draft.body);
    draft.length = String(draft.body.length);
    draft.headers.push('content-encoding: gzip');
  },
  'the version is another': (draft, chance) => {
    draft.version = chance.pick(['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'HTTP/1.1x', 'http/1.1', '']);
    draft.isHttp = draft.version === 'HTTP/1.0';
  },
  'the host is missing': (draft) => {
    draft.headers = draft.headers.filter((line) => !line.startsWith('host'));
  },
  'a header is none': (draft, chance) => {
    const longest = `x: ${'a'.repeat(100_000)}`;
    const lines = [
      'no colon',
      ' : x',
      'a b: c',
      'x: a\u0000b',
      ': x',
      'x: a\n b',
      'x\u0001: y',
      longest,
      'ü: ö',
      'x: \u{1F600}',
    ];
    draft.headers.push(chance.pick(lines));
  },
  'there are very many headers': (draft) => {
    for (let count = 0; count < 1_500; count += 1) draft.headers.push(`x-${count}: y`);
  },
  'a header is there twice': (draft, chance) => {
    draft.headers.push(
      chance.pick(['content-type: text/xml', 'host: evil.test', 'authorization: Bearer x', 'authorization: y']),
    );
  },
  'the lines end otherwise': (draft, chance) => {
    draft.lineEnd = chance.pick(['\n', '\r', '\r\r\n']);
    draft.isHttp = false;
  },
  'something comes before it': (draft, chance) => {
    const rubbish = Buffer.from(
      chance.pick(['0d0a0d0a', '00', '160301020001', '505249202a20485454502f322e30', 'efbbbf']),
      'hex',
    );
    draft.before = rubbish;
    draft.isHttp = false;
  },
  'something comes after it': (draft, chance) => {
    const again = 'GET /nowhere HTTP/1.1\r\nhost: om.test\r\n\r\n';
    draft.after = Buffer.from(chance.pick(['\r\n', 'garbage', again, '\u0000'.repeat(1_000)]));
  },
  'it expects something': (draft, chance) => {
    draft.headers.push(`expect: ${chance.pick(['100-continue', 'nothing', '', '100-continue, x'])}`);
  },
  'it wants another protocol': (draft, chance) => {
    draft.headers.push('connection: upgrade', `upgrade: ${chance.pick(['websocket', 'h2c', 'x'])}`);
  },
  'the target has another form': (draft, chance) => {
    const { target } = draft;
    const forms = [
      '*',
      '',
      'om.test:80',
      `http://om.test${target}`,
      `http://[${target}`,
      target.slice(1),
      `${target}#x`,
    ];
    draft.target = chance.pick([
      ...forms,
      `/${'a'.repeat(20_000)}`,
      `${target} ${target}`,
      `${target}\u0000`,
      'ü',
      `//evil.test${target}`,
    ]);
    draft.isHttp = false;
  },
  'the method is no word': (draft, chance) => {
    draft.method = chance.pick([
      'G€T',
      'GET\u0000',
      'A'.repeat(5_000),
      'CONNECT',
      'PRI',
      'PROPFIND',
      'M-SEARCH',
      'PURGE',
      'SOURCE',
    ]);
    draft.isHttp = false;
  },
};

/** More than is taken: too large to be among the others. */
export function oversized(target: string): WireRequest {
  const size = 17 * 1024 * 1024;
  const head = `POST ${target} HTTP/1.1\r\nhost: om.test\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${size}\r\n\r\n`;
  return {
    how: ['the body is too large'],
    method: 'POST',
    bytes: Buffer.concat([Buffer.from(head), Buffer.alloc(size, ' ')]),
    isHttp: true,
  };
}
