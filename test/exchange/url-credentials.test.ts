import { describe, expect, it } from 'vitest';
import { shownUrl, withoutUserInfo } from '../../exchange/url-credentials.ts';

const encoded = (text: string) => Buffer.from(text).toString('base64');

describe('a URL with credentials in it', () => {
  it.each([
    ['http://crm.test/cb', 'http://crm.test/cb'],
    ['http://om:hunter2@crm.test/cb', 'http://[redacted]@crm.test/cb'],
    ['https://om@crm.test', 'https://[redacted]@crm.test'],
    ['http://crm.test/a@b?c=d@e', 'http://crm.test/a@b?c=d@e'],
    ['http://crm.test/cb?token=hunter2&x=1', 'http://crm.test/cb?token=[redacted]&x=1'],
    ['http://crm.test/cb?x=1&api_key=hunter2#part', 'http://crm.test/cb?x=1&api_key=[redacted]#part'],
    ['http://crm.test/cb?%74oken=hunter2', 'http://crm.test/cb?%74oken=[redacted]'],
    ['http://crm.test/cb?%zz=1&token=', 'http://crm.test/cb?%zz=1&token='],
  ])('is shown without them: %s', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });

  it.each([
    ['http://crm.test/cb?x=1', { url: 'http://crm.test/cb?x=1', headers: {}, secrets: [] }],
    [
      'http://om:hunter2@crm.test/cb',
      {
        url: 'http://crm.test/cb',
        headers: { authorization: `Basic ${encoded('om:hunter2')}` },
        secrets: [encoded('om:hunter2'), 'hunter2'],
      },
    ],
    [
      'http://om:a%3Ab:c@crm.test/cb?sig=s%20s',
      {
        url: 'http://crm.test/cb?sig=s%20s',
        headers: { authorization: `Basic ${encoded('om:a:b:c')}` },
        secrets: [encoded('om:a:b:c'), 'a:b:c', 's s'],
      },
    ],
    [
      'http://om@crm.test/',
      {
        url: 'http://crm.test/',
        headers: { authorization: `Basic ${encoded('om:')}` },
        secrets: [encoded('om:')],
      },
    ],
  ])('is asked with user and password in a header: %s', (url, asked) => {
    expect(withoutUserInfo(url)).toEqual(asked);
  });
});
