/** The walk, last part: this document itself. */
import type { Example } from './example.ts';

export const reading: readonly Example[] = [
  {
    name: 'document-read',
    summary: 'All APIs in one document',
    operation: 'Southbound_retrieveOpenApi',
    status: 200,
    answerIsShown: false,
  },
  {
    name: 'document-of-one-read',
    summary: 'One API alone',
    operation: 'Southbound_retrieveOpenApiOfOne',
    path: { api: 'TMF622' },
    status: 200,
    answerIsShown: false,
  },
  {
    name: 'document-of-none',
    summary: 'An API that is not served',
    operation: 'Southbound_retrieveOpenApiOfOne',
    path: { api: 'TMF999' },
    status: 404,
  },
  {
    name: 'page-read',
    summary: 'The same as a page',
    operation: 'Southbound_browseApis',
    status: 200,
    answerIsShown: false,
  },
];
