import assert from 'node:assert/strict'
import {test} from 'node:test'
import {githubReport} from '../../server/report/github.ts'
import {missing, result, silenced, skipped} from './example.ts'

test('one command a finding, without those a comment silences', () => {
  assert.equal(
    githubReport(result([skipped, silenced])),
    '::warning file=deploy/progression.yaml,line=6,endLine=6,col=32,endColumn=34,title=order/skipped-environment::production comes after dev and skips staging.%0Adeploy/progression.yaml:5:11: staging is listed before production.\n',
  )
})

test('escapes what would end a property or a line', () => {
  const report = githubReport(result([{...missing, path: 'a,b:c%\n.yaml', message: '100 %\r\n::error::not a command'}]))
  assert.equal(report, '::warning file=a%2Cb%3Ac%25%0A.yaml,line=6,endLine=6,col=12,endColumn=21,title=rollback/missing::100 %25%0D%0A::error::not a command\n')
})

test('leaves columns out over several lines, and speaks of info and hint as notices', () => {
  assert.equal(
    githubReport(result([{...missing, level: 'hint', endLine: 7}])),
    '::notice file=deploy/progression.yaml,line=6,endLine=7,title=rollback/missing::Nothing rolls production back: 100 %25 of it, at once.\n',
  )
})

test('says nothing when there is nothing', () => assert.equal(githubReport(result([])), ''))
