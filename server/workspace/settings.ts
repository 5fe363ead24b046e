import {type Level, levels, type Tier, tiers} from '../model/progression.ts'

/** The settings of `progression.*`, checked and with every default filled in. */
export type Settings = {
  /** Levels by code; they go before `rules:` of a file. */
  readonly rules: ReadonlyMap<string, Level>
  /** What environment names mean beyond the usual ones. */
  readonly environmentNames: Readonly<Record<string, Tier>>
  /** Patterns of files and folders that are not looked at. */
  readonly exclude: readonly string[]
  /** Path of the kubeconfig; undefined for the usual one. */
  readonly kubeconfig?: string
  /** Name of a cluster in progression.yaml → context in the kubeconfig. */
  readonly contexts: Readonly<Record<string, string>>
  /** Version that charts are rendered for, such as `1.37`. */
  readonly kubernetesVersion?: string
  readonly render: {readonly enabled: boolean}
  readonly tools: {readonly kustomize?: string; readonly helm?: string; readonly kubectl?: string}
  /** Whether files of other tools are read too. */
  readonly foreignSchemas: boolean
}

type Raw = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
const record = (value: unknown): Raw => (isRecord(value) ? value : {})
const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined)
const flag = (value: unknown, fallback: boolean): boolean => (typeof value === 'boolean' ? value : fallback)

function entries<T extends string>(value: unknown, allowed: readonly T[]): [string, T][] {
  return Object.entries(record(value)).filter((entry): entry is [string, T] => (allowed as readonly unknown[]).includes(entry[1]))
}

/** Reads what an editor sends for the section `progression`. What is missing or of the wrong kind counts as not said. */
export function readSettings(value: unknown): Settings {
  const raw = record(value)
  const tools = record(raw.tools)
  return {
    rules: new Map(entries(raw.rules, levels)),
    environmentNames: Object.fromEntries(entries(raw.environmentNames, tiers)),
    exclude: Array.isArray(raw.exclude) ? raw.exclude.filter(one => typeof one === 'string') : [],
    kubeconfig: text(raw.kubeconfig),
    contexts: Object.fromEntries(Object.entries(record(raw.contexts)).flatMap(([name, context]) => (text(context) ? [[name, String(context)]] : []))),
    kubernetesVersion: text(raw.kubernetesVersion),
    render: {enabled: flag(record(raw.render).enabled, true)},
    tools: {kustomize: text(tools.kustomize), helm: text(tools.helm), kubectl: text(tools.kubectl)},
    foreignSchemas: flag(raw.foreignSchemas, true),
  }
}

export const defaultSettings: Settings = readSettings(undefined)
