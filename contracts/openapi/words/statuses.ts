/** What a status means here. */

export function wordsOfStatus(status: string): string {
  return statusWords[status] ?? (status === 'default' ? 'Anything else that is refused.' : `Status ${status}.`);
}

const statusWords: { readonly [status: string]: string } = {
  200: 'Done.',
  201: 'Made, or taken.',
  202: 'Taken; it will be done.',
  204: 'Done, and there is nothing to show.',
  206: 'A part of the list: there is more.',
  304: 'Still the same as what is known already.',
  400: 'The request is not understood, or says something that is not possible. details says where.',
  401: 'Whoever asks is not known.',
  403: 'Whoever asks may not do this. The message names the roles that may.',
  404: 'There is nothing of that id, or nothing that matches.',
  405: 'The method is not possible here.',
  409: 'It is not possible in the state that things are in. The message says why, and what to do.',
  415: 'The body is not of a media type that is understood: send application/json.',
  500: 'A mistake of the order management itself.',
};
