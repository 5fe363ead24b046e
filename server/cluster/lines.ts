/** JSON values from a stream of bytes, one a line, as watches send them. A last line without its end is dropped: the stream was cut. */
export async function* lines<T>(chunks: AsyncIterable<Uint8Array>): AsyncIterable<T> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, {stream: true})).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part.trim() !== '') yield JSON.parse(part) as T
  }
}
