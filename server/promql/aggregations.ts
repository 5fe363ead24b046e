import {type Operation, operation} from './operation.ts'

/** Every aggregation of Prometheus 3 with what it does in a line. From the documentation of Prometheus 3. */
const described: readonly (readonly [string, string, 'experimental'?])[] = [
  ['sum(v: vector): vector', 'The sum of all series, or of each group.'],
  ['avg(v: vector): vector', 'The mean of all series, or of each group. A mean of ratios is no ratio: divide sums instead.'],
  ['min(v: vector): vector', 'The smallest of all series, or of each group.'],
  ['max(v: vector): vector', 'The largest of all series, or of each group.'],
  ['count(v: vector): vector', 'How many series there are, whatever their value.'],
  ['group(v: vector): vector', '1 for each group that has a series.'],
  ['stddev(v: vector): vector', 'The standard deviation between series.'],
  ['stdvar(v: vector): vector', 'The variance between series.'],
  ['topk(k: scalar, v: vector): vector', 'The k series with the largest values.'],
  ['bottomk(k: scalar, v: vector): vector', 'The k series with the smallest values.'],
  ['quantile(quantile: scalar, v: vector): vector', 'A quantile between series: 0.95 for the 95th percentile. For histograms, use histogram_quantile.'],
  ['count_values(label: string, v: vector): vector', 'How many series have each value; the value becomes a label.'],
  ['limitk(k: scalar, v: vector): vector', 'Any k series.', 'experimental'],
  ['limit_ratio(ratio: scalar, v: vector): vector', 'A share of the series.', 'experimental'],
]

export const aggregations: ReadonlyMap<string, Operation> = new Map(
  described.map(([signature, description, experimental]) => {
    const one = operation(signature, description, experimental !== undefined)
    return [one.name, one]
  }),
)

/** Aggregations whose result keeps the labels of the series they choose. */
export const choosing: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio'])
