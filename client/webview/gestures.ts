import {type Point, pan, type Viewport, zoomAt} from './viewport.ts'

export type Gestures = {
  readonly get: () => Viewport
  readonly set: (viewport: Viewport) => void
  readonly fit: () => void
}

const step = 1.2
const arrow = 60
const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: {x: arrow, y: 0},
  ArrowRight: {x: -arrow, y: 0},
  ArrowUp: {x: 0, y: arrow},
  ArrowDown: {x: 0, y: -arrow},
}

/** Dragging and scrolling move, the wheel with Ctrl or a pinch zooms, and all of it works from the keyboard and by buttons. */
export function listen(canvas: HTMLElement, {get, set, fit}: Gestures): void {
  const middle = (): Point => ({x: canvas.clientWidth / 2, y: canvas.clientHeight / 2})
  const zoomBy = (factor: number, at = middle()) => set(zoomAt(get(), factor, at))

  canvas.addEventListener(
    'wheel',
    event => {
      event.preventDefault()
      const box = canvas.getBoundingClientRect()
      // A pinch on a touchpad arrives as a wheel with Ctrl.
      if (event.ctrlKey || event.metaKey) zoomBy(Math.exp(-event.deltaY / 300), {x: event.clientX - box.left, y: event.clientY - box.top})
      else set(pan(get(), event.shiftKey && event.deltaX === 0 ? {x: -event.deltaY, y: 0} : {x: -event.deltaX, y: -event.deltaY}))
    },
    {passive: false},
  )

  let last: Point | undefined
  canvas.addEventListener('pointerdown', event => {
    const onNode = event.target instanceof Element && event.target.closest('[data-node]') !== null
    if (event.button !== 0 || onNode) return
    last = {x: event.clientX, y: event.clientY}
    canvas.setPointerCapture(event.pointerId)
    canvas.classList.add('dragging')
  })
  canvas.addEventListener('pointermove', event => {
    if (last === undefined) return
    set(pan(get(), {x: event.clientX - last.x, y: event.clientY - last.y}))
    last = {x: event.clientX, y: event.clientY}
  })
  const end = () => {
    last = undefined
    canvas.classList.remove('dragging')
  }
  canvas.addEventListener('pointerup', end)
  canvas.addEventListener('pointercancel', end)

  const keys: Readonly<Record<string, () => void>> = {'+': () => zoomBy(step), '=': () => zoomBy(step), '-': () => zoomBy(1 / step), '0': fit}
  canvas.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const move = arrows[event.key]
    const act = move === undefined ? keys[event.key] : () => set(pan(get(), move))
    if (act === undefined) return
    event.preventDefault()
    act()
  })
  const button = (id: string, act: () => void) => document.getElementById(id)?.addEventListener('click', act)
  button('zoom-in', () => zoomBy(step))
  button('zoom-out', () => zoomBy(1 / step))
  button('fit', fit)
}
