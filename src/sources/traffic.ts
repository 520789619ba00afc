/** What an answer took of the connection. */
export interface Traffic {
  /** As it came, compressed. */
  readonly bytes: number;
  /** False where the size was not told, and the body was compressed here to know it about. */
  readonly exact: boolean;
}

/**
 * What an answer took: `Content-Length`, which other sites' pages may read (Fetch standard, CORS-safelisted), counts
 * what came over the wire; an answer of unknown length is measured as gzip, which is what portals send.
 */
export async function trafficOf(headers: Headers, body: Blob): Promise<Traffic> {
  const told = Number(headers.get('Content-Length'));
  if (told > 0) return { bytes: told, exact: true };
  const packed = body.stream().pipeThrough(new CompressionStream('gzip'));
  return { bytes: (await new Response(packed).blob()).size, exact: false };
}
