import {type Node, pairOf} from '../../document/node.ts'
import type {Approval} from '../../model/progression.ts'
import {boolean, type Convert, entries, field, number, text} from './field.ts'

/** Who must agree, as it is written; what is left out is absent, not filled with its default. */
export const approval: Convert<Approval> = (node: Node) =>
  node.kind !== 'mapping'
    ? undefined
    : {
        required: field(node, 'required', node.at, number),
        groups: entries(pairOf(node, 'groups')?.value, text),
        notRequester: field(node, 'notRequester', node.at, boolean),
        extent: node.at,
      }
