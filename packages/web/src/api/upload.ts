import type { Route } from '@groupcast/protocol';
import { type Answer, refusal } from './answer.ts';
import { type Input, type Output, pathOf, read } from './client.ts';

/** Sends a file to a route that takes one, telling how much has gone (0 to 1). Never rejects. `fetch` cannot tell that. */
export function upload<R extends Route & { readonly upload: true }>(
  route: R,
  input: Input<R> & { readonly file: Blob },
  onSent: (share: number) => void,
): Promise<Answer<Output<R>>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(route.method, pathOf(route, input));
    request.setRequestHeader('content-type', input.file.type || 'image/jpeg');
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(read(route, request.status < 300, json(request.responseText)));
    request.onerror = () => resolve(refusal('unavailable'));
    request.ontimeout = () => resolve(refusal('unavailable'));
    request.send(input.file);
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
