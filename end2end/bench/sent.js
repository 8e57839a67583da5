// What the server sends, without the browser between: `fetch` would undo the compression.
import { once } from 'node:events';
import { request } from 'node:http';

/** The body's length in bytes as compressed for a browser, and the headers that came with it. */
export async function sent(address) {
  const asked = request(address, { headers: { 'accept-encoding': 'br' } }).end();
  const [response] = await once(asked, 'response');
  let bytes = 0;
  for await (const chunk of response) bytes += chunk.length;
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} from ${new URL(address).origin}`);
  return { bytes, headers: response.headers };
}
