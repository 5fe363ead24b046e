import assert from 'node:assert/strict'
import {test} from 'node:test'
import {fit, pan, type Viewport, zoomAt} from '../../client/webview/viewport.ts'

const canvas = {width: 800, height: 600}

/** Where a point of the drawing lies on the canvas. */
const place = ({x, y, zoom}: Viewport, point: {readonly x: number; readonly y: number}) => ({x: x + point.x * zoom, y: y + point.y * zoom})

test('a small drawing is shown as it was drawn, in the middle', () => {
  assert.deepEqual(fit({width: 200, height: 100}, canvas), {x: 300, y: 250, zoom: 1})
})

test('a large drawing is shown whole', () => {
  const viewport = fit({width: 4000, height: 500}, canvas)
  const [start, end] = [place(viewport, {x: 0, y: 0}), place(viewport, {x: 4000, y: 500})]
  assert.ok(start.x >= 0 && end.x <= canvas.width && start.y >= 0 && end.y <= canvas.height, JSON.stringify({start, end}))
})

test('no drawing and no canvas make no infinities', () => {
  for (const viewport of [fit({width: 0, height: 0}, canvas), fit({width: 100, height: 100}, {width: 0, height: 0})])
    assert.ok(Object.values(viewport).every(Number.isFinite), JSON.stringify(viewport))
})

test('zooming keeps the point under the pointer', () => {
  const before: Viewport = {x: 40, y: -20, zoom: 0.8}
  const point = {x: 125, y: 75}
  const at = place(before, point)
  for (const factor of [1.2, 0.5, 3]) {
    const after = place(zoomAt(before, factor, at), point)
    assert.ok(Math.abs(after.x - at.x) < 1e-9 && Math.abs(after.y - at.y) < 1e-9)
  }
})

test('zooming ends where nothing could be read or found any more', () => {
  let viewport: Viewport = {x: 0, y: 0, zoom: 1}
  for (let times = 0; times < 50; times++) viewport = zoomAt(viewport, 2, {x: 10, y: 10})
  assert.equal(viewport.zoom, 4)
  for (let times = 0; times < 50; times++) viewport = zoomAt(viewport, 0.5, {x: 10, y: 10})
  assert.equal(viewport.zoom, 0.1)
})

test('panning moves by what the hand moved, at any size', () => {
  assert.deepEqual(pan({x: 1, y: 2, zoom: 3}, {x: 10, y: -5}), {x: 11, y: -3, zoom: 3})
})
