type Keyword = {readonly schemaType: 'string' | 'boolean' | 'array'; readonly meaning: string}

/** What our schemas say beside the words of JSON Schema. Validation passes over them; messages, completion and hover read them. */
export const vocabulary = {
  'x-called': {schemaType: 'string', meaning: 'What a message calls the value: `a duration`, `an environment`.'},
  'x-aliases': {schemaType: 'array', meaning: 'Words people write for this key; a message then proposes the key.'},
  'x-instead': {schemaType: 'string', meaning: 'Of a deprecated key: the key to write in its place.'},
  'x-needs': {
    schemaType: 'array',
    meaning: 'Once everything is merged: `any` of these keys must be there, with `one` not more than one; with `when` only if that key is.',
  },
  'x-partial': {schemaType: 'boolean', meaning: 'Merged into something else, so that nothing below is called missing.'},
  'x-defines': {schemaType: 'string', meaning: 'The kind of thing whose name stands here: the key of an open map, or the value itself.'},
  'x-refers': {schemaType: 'string', meaning: 'The kind of thing that the value names: environment, gate, cluster or rule.'},
  'x-path': {schemaType: 'string', meaning: '`file` or `folder`: the value is a path relative to the file that holds it.'},
  'x-language': {schemaType: 'string', meaning: '`promql` or `shell`: the language of the text.'},
  'x-duration': {schemaType: 'boolean', meaning: 'The value is a duration.'},
  'x-variables': {schemaType: 'boolean', meaning: 'Variables such as `${namespace}` are filled in.'},
  'x-secret': {schemaType: 'boolean', meaning: 'The value may hold a secret: it is never shown, and must not be written out.'},
  'x-snippet': {schemaType: 'string', meaning: 'What completion inserts, in the syntax of editor snippets, indented from column 0.'},
} as const satisfies Readonly<Record<string, Keyword>>
