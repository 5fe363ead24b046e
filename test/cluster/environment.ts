import type {Container} from './answers.ts'
import {type Api, ApiError} from './api.ts'

/**
 * The environment of a container as a kubelet would make it from plain values and ConfigMaps; what it names and the
 * cluster lacks is left out. Secrets and the downward API are not read.
 */
export async function environmentOf(container: Container, namespace: string, api: Api, signal?: AbortSignal): Promise<Record<string, string>> {
  const found = new Map<string, Promise<Record<string, string>>>()
  const configMap = (name: string) => {
    const known = found.get(name) ?? dataOf(name, namespace, api, signal)
    found.set(name, known)
    return known
  }
  const environment: Record<string, string> = {}
  for (const {prefix = '', configMapRef} of container.envFrom ?? []) {
    if (configMapRef === undefined) continue
    for (const [key, value] of Object.entries(await configMap(configMapRef.name))) environment[prefix + key] = value
  }
  for (const {name, value, valueFrom} of container.env ?? []) {
    const reference = valueFrom?.configMapKeyRef
    const text = reference === undefined ? value : (await configMap(reference.name))[reference.key]
    if (text !== undefined) environment[name] = text
  }
  return environment
}

async function dataOf(name: string, namespace: string, api: Api, signal?: AbortSignal): Promise<Record<string, string>> {
  try {
    return (await api.get<{data?: Record<string, string>}>(`/api/v1/namespaces/${namespace}/configmaps/${name}`, {signal})).data ?? {}
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return {}
    throw error
  }
}
