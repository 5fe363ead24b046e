import {Analysis} from '../analysis.ts'
import {schemaAt} from '../sources/progression/schema.ts'
import type {Service, ServiceParts} from './service.ts'

/** The language alone: nothing is rendered, and no cluster is known. */
export function createLanguageService({files, rootOf, settings, log}: ServiceParts): Service {
  const analysis = new Analysis({
    files,
    rootOf,
    log,
    settings: () => {
      const {rules, environmentNames, kubernetesVersion, render} = settings()
      return {levels: rules, environmentNames, kubernetesVersion, rendering: render.enabled}
    },
  })
  return {analysis, schemaAt, dispose: () => {}}
}
