import {type Operation, operation} from './operation.ts'

/**
 * Every function of Prometheus 3, as `name(parameter: type, …): type`, with what it does in a line. `?` is left out at will, `…`
 * repeats. Those marked experimental need `--enable-feature=promql-experimental-functions`. From the documentation of Prometheus 3.
 */
const described: readonly (readonly [string, string, 'experimental'?])[] = [
  ['abs(v: vector): vector', 'The value without its sign.'],
  ['absent(v: vector): vector', '1 where the query finds no series; nothing at all where it finds one.'],
  ['absent_over_time(v: range): vector', '1 where no series had a sample in the range; nothing at all where one had.'],
  ['acos(v: vector): vector', 'The arc cosine, in radians.'],
  ['acosh(v: vector): vector', 'The inverse hyperbolic cosine.'],
  ['asin(v: vector): vector', 'The arc sine, in radians.'],
  ['asinh(v: vector): vector', 'The inverse hyperbolic sine.'],
  ['atan(v: vector): vector', 'The arc tangent, in radians.'],
  ['atanh(v: vector): vector', 'The inverse hyperbolic tangent.'],
  ['avg_over_time(v: range): vector', 'The mean of the samples in the range, for each series.'],
  ['ceil(v: vector): vector', 'Rounds up to a whole number.'],
  ['changes(v: range): vector', 'How often the value changed in the range.'],
  ['clamp(v: vector, min: scalar, max: scalar): vector', 'Brings values below min up to it, and those above max down to it.'],
  ['clamp_max(v: vector, max: scalar): vector', 'Brings values above max down to it.'],
  ['clamp_min(v: vector, min: scalar): vector', 'Brings values below min up to it.'],
  ['cos(v: vector): vector', 'The cosine of an angle in radians.'],
  ['cosh(v: vector): vector', 'The hyperbolic cosine.'],
  ['count_over_time(v: range): vector', 'How many samples each series has in the range.'],
  ['day_of_month(v?: vector): vector', 'The day of the month of a Unix time in UTC, 1 to 31.'],
  ['day_of_week(v?: vector): vector', 'The day of the week of a Unix time in UTC; 0 is Sunday.'],
  ['day_of_year(v?: vector): vector', 'The day of the year of a Unix time in UTC, 1 to 366.'],
  ['days_in_month(v?: vector): vector', 'How many days the month of a Unix time has, 28 to 31.'],
  ['deg(v: vector): vector', 'Radians as degrees.'],
  ['delta(v: range): vector', 'How far a gauge moved from the beginning to the end of the range. For counters, use increase.'],
  ['deriv(v: range): vector', 'How fast a gauge moves, a second, by linear regression over the range.'],
  ['double_exponential_smoothing(v: range, sf: scalar, tf: scalar): vector', 'A smoothed value of a gauge; sf and tf lie between 0 and 1.', 'experimental'],
  ['end(): scalar', 'The Unix time at which the query ends.', 'experimental'],
  ['exp(v: vector): vector', 'e to the power of the value.'],
  ['first_over_time(v: range): vector', 'The oldest sample in the range.', 'experimental'],
  ['floor(v: vector): vector', 'Rounds down to a whole number.'],
  ['histogram_avg(v: vector): vector', 'The mean of what a native histogram observed.'],
  ['histogram_count(v: vector): vector', 'How many observations a native histogram holds.'],
  ['histogram_fraction(lower: scalar, upper: scalar, b: vector): vector', 'The share of observations between two values, 0 to 1.'],
  [
    'histogram_quantile(quantile: scalar, b: vector): vector',
    'The value below which a share of the observations lies: 0.95 for the 95th percentile. Classic buckets keep their label le: sum by (le) (rate(name_bucket[5m])).',
  ],
  ['histogram_quantiles(v: vector, label: string, quantile: scalar…): vector', 'Several quantiles of a histogram, told apart by a label.', 'experimental'],
  ['histogram_stddev(v: vector): vector', 'The standard deviation of what a native histogram observed, estimated.'],
  ['histogram_stdvar(v: vector): vector', 'The variance of what a native histogram observed, estimated.'],
  ['histogram_sum(v: vector): vector', 'The sum of what a native histogram observed.'],
  ['hour(v?: vector): vector', 'The hour of a Unix time in UTC, 0 to 23.'],
  ['idelta(v: range): vector', 'The difference of the last two samples of a gauge.'],
  ['increase(v: range): vector', 'How much a counter grew in the range, with its restarts counted in; extrapolated to the whole range.'],
  ['info(v: vector, data?: vector): vector', 'Adds the labels of matching info metrics, such as target_info.', 'experimental'],
  ['irate(v: range): vector', 'How fast a counter grows, a second, by its last two samples. Jumps about; for a gate, use rate.'],
  ['label_join(v: vector, to: string, separator: string, from: string…): vector', 'Joins the values of labels into one.'],
  ['label_replace(v: vector, to: string, replacement: string, from: string, regex: string): vector', 'Sets a label from another one by a regular expression.'],
  ['last_over_time(v: range): vector', 'The newest sample in the range.'],
  ['ln(v: vector): vector', 'The natural logarithm.'],
  ['log10(v: vector): vector', 'The decimal logarithm.'],
  ['log2(v: vector): vector', 'The binary logarithm.'],
  ['mad_over_time(v: range): vector', 'The median absolute deviation of the samples in the range.', 'experimental'],
  ['max_over_time(v: range): vector', 'The largest sample in the range.'],
  ['min_over_time(v: range): vector', 'The smallest sample in the range.'],
  ['minute(v?: vector): vector', 'The minute of a Unix time in UTC, 0 to 59.'],
  ['month(v?: vector): vector', 'The month of a Unix time in UTC, 1 to 12.'],
  ['pi(): scalar', 'The number pi.'],
  ['predict_linear(v: range, seconds: scalar): vector', 'The value a gauge will have after so many seconds, by linear regression over the range.'],
  ['present_over_time(v: range): vector', '1 for every series with a sample in the range.'],
  ['quantile_over_time(quantile: scalar, v: range): vector', 'A quantile of the samples in the range: 0.95 for the 95th percentile.'],
  ['rad(v: vector): vector', 'Degrees as radians.'],
  ['range(): scalar', 'How long the range of the query is, in seconds.', 'experimental'],
  [
    'rate(v: range): vector',
    'How fast a counter grows, a second, as a mean over the range, with its restarts counted in. The range should hold four scrapes or more.',
  ],
  ['resets(v: range): vector', 'How often a counter began again in the range.'],
  ['round(v: vector, to?: scalar): vector', 'Rounds to the nearest whole number, or multiple of `to`.'],
  ['scalar(v: vector): scalar', 'The value of a vector with one series as a number; NaN where it has none or several.'],
  ['sgn(v: vector): vector', 'The sign: 1, 0 or -1.'],
  ['sin(v: vector): vector', 'The sine of an angle in radians.'],
  ['sinh(v: vector): vector', 'The hyperbolic sine.'],
  ['sort(v: vector): vector', 'The series by value, smallest first.'],
  ['sort_by_label(v: vector, label: string…): vector', 'The series by the values of labels.', 'experimental'],
  ['sort_by_label_desc(v: vector, label: string…): vector', 'The series by the values of labels, the other way round.', 'experimental'],
  ['sort_desc(v: vector): vector', 'The series by value, largest first.'],
  ['sqrt(v: vector): vector', 'The square root.'],
  ['start(): scalar', 'The Unix time at which the query starts.', 'experimental'],
  ['start_timestamp(v: vector): vector', 'The time at which a counter or histogram began, as a Unix time.', 'experimental'],
  ['stddev_over_time(v: range): vector', 'The standard deviation of the samples in the range.'],
  ['stdvar_over_time(v: range): vector', 'The variance of the samples in the range.'],
  ['step(): scalar', 'The step of the query, in seconds.', 'experimental'],
  ['sum_over_time(v: range): vector', 'The sum of the samples in the range.'],
  ['tan(v: vector): vector', 'The tangent of an angle in radians.'],
  ['tanh(v: vector): vector', 'The hyperbolic tangent.'],
  ['time(): scalar', 'The Unix time at which the query is evaluated.'],
  ['timestamp(v: vector): vector', 'The Unix time of each sample.'],
  ['ts_of_first_over_time(v: range): vector', 'The time of the oldest sample in the range.', 'experimental'],
  ['ts_of_last_over_time(v: range): vector', 'The time of the newest sample in the range.', 'experimental'],
  ['ts_of_max_over_time(v: range): vector', 'The time of the largest sample in the range.', 'experimental'],
  ['ts_of_min_over_time(v: range): vector', 'The time of the smallest sample in the range.', 'experimental'],
  ['vector(s: scalar): vector', 'A number as a vector with one series and no labels.'],
  ['year(v?: vector): vector', 'The year of a Unix time in UTC.'],
]

export const functions: ReadonlyMap<string, Operation> = new Map(
  described.map(([signature, description, experimental]) => {
    const one = operation(signature, description, experimental !== undefined)
    return [one.name, one]
  }),
)

/** Functions that look at how a counter or gauge moved between samples, and so need several of them. */
export const ratesOfChange: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear'])

/** Those of them that are for counters. */
export const counterRates: ReadonlySet<string> = new Set(['rate', 'irate', 'increase'])

/** Functions people know under another name. */
export const renamedFunctions: Readonly<Record<string, string>> = {
  holt_winters: 'double_exponential_smoothing',
  avg_over: 'avg_over_time',
  max_over: 'max_over_time',
  min_over: 'min_over_time',
  sum_over: 'sum_over_time',
  percentile: 'histogram_quantile',
  mean: 'avg',
  average: 'avg',
  length: 'count',
}
