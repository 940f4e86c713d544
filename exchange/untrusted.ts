/**
 * A certificate that nobody should trust: signed by itself, for nobody's name, and expired in 2021. Whoever speaks to a
 * server that shows it does not look at certificates.
 */
import { generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
  /** Both in PEM. */
  readonly key: string;
  readonly cert: string;
}

/** X.509 version 1 (RFC 5280, 4.1), which has no extensions: enough to be refused for better reasons. */
export function untrustedCertificate(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(commonName, text('untrusted.invalid'))));
  const validity = sequence(time('200101000000Z'), time('210101000000Z'));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const toBeSigned = sequence(one, ecdsaWithSha256, name, validity, name, key);
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bits(sign('sha256', toBeSigned, privateKey)));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(certificate) };
}

/** One value in DER (X.690): tag, length, content. */
function value(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return value(0x30, ...parts);
}

function set(...parts: readonly Buffer[]): Buffer {
  return value(0x31, ...parts);
}

function text(of: string): Buffer {
  return value(0x0c, Buffer.from(of));
}

function time(of: string): Buffer {
  return value(0x17, Buffer.from(of));
}

function bits(of: Buffer): Buffer {
  return value(0x03, Buffer.from([0]), of);
}

const one = value(0x02, Buffer.from([1]));

/** 2.5.4.3 */
const commonName = value(0x06, Buffer.from([0x55, 0x04, 0x03]));

/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = sequence(value(0x06, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])));

function pem(der: Buffer): string {
  const lines = der.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
