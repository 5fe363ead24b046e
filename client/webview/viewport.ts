/** Where the drawing lies on the canvas: pixels from its top left corner, and how large it is drawn. */
export type Viewport = {readonly x: number; readonly y: number; readonly zoom: number}
export type Size = {readonly width: number; readonly height: number}
export type Point = {readonly x: number; readonly y: number}

const smallest = 0.1
const largest = 4
const margin = 16

const within = (zoom: number) => Math.min(largest, Math.max(smallest, zoom))

/** All of the drawing in the middle of the canvas, not larger than it was drawn. */
export function fit(drawing: Size, canvas: Size): Viewport {
  const free = {width: Math.max(1, canvas.width - 2 * margin), height: Math.max(1, canvas.height - 2 * margin)}
  const zoom = within(Math.min(1, free.width / Math.max(1, drawing.width), free.height / Math.max(1, drawing.height)))
  return {x: (canvas.width - drawing.width * zoom) / 2, y: Math.max(margin, (canvas.height - drawing.height * zoom) / 2), zoom}
}

/** The point of the drawing under the pointer stays there. */
export function zoomAt(viewport: Viewport, factor: number, {x, y}: Point): Viewport {
  const zoom = within(viewport.zoom * factor)
  const scale = zoom / viewport.zoom
  return {x: x - (x - viewport.x) * scale, y: y - (y - viewport.y) * scale, zoom}
}

export const pan = (viewport: Viewport, by: Point): Viewport => ({...viewport, x: viewport.x + by.x, y: viewport.y + by.y})
