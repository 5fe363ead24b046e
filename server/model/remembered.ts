/** Makes a pure function answer once for each object, for as long as that object lives. */
export function remembered<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, {readonly value: Value}>()
  return key => {
    const before = made.get(key)
    if (before) return before.value
    const value = make(key)
    made.set(key, {value})
    return value
  }
}
