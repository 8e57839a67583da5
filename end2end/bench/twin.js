// The limit: the very same page as plain HTML, without scripts and islands, its style kept, compressed as well as can be.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';

export function strip(html) {
  return html
    .replace(/<leptos-island\b[\s\S]*?<\/leptos-island>/g, '')
    .replace(/<script\b[\s\S]*?<\/script>/g, '');
}

export function brotli(text) {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}

export async function serve(html) {
  const body = brotli(strip(html));
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'br',
      'content-length': body.length,
      'cache-control': 'no-store',
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    bytes: body.length,
    stop: () => server.close(),
  };
}
