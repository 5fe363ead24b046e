//go:build wasip1

// The engine renders overlays, charts and folders of manifests in memory, as WebAssembly without a network or a disk.
// One instance answers many requests: alloc a buffer, write the request, render, read the answer, free both.
package main

import (
	"io"
	"log"
	"runtime"
	"runtime/debug"
	"unsafe"
)

// Buffers the host holds a pointer to; Go would collect them otherwise.
var held = map[uint32][]byte{}

func main() {}

// Nothing collects beside a rendering in the one thread there is, so a cycle begun in its midst ends hundreds of megabytes
// later, and that memory is never given back. Collected is between renderings, and within only where one grows very large.
const (
	growth = 24 << 20
	limit  = 256 << 20
)

func init() {
	log.SetOutput(io.Discard)
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(limit)
}

var live uint64

// collect frees what renderings have left behind, when it is much.
//
//go:wasmexport collect
func collect() {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if memory.HeapAlloc < live+growth {
		return
	}
	runtime.GC()
	runtime.ReadMemStats(&memory)
	live = memory.HeapAlloc
}

func hold(buffer []byte) uint32 {
	pointer := uint32(uintptr(unsafe.Pointer(unsafe.SliceData(buffer))))
	held[pointer] = buffer
	return pointer
}

//go:wasmexport alloc
func alloc(size uint32) uint32 { return hold(make([]byte, max(size, 1))) }

// render takes a request (request.go) that alloc made room for. The answer is JSON: pointer in the upper, size in the lower 32 bits.
//
//go:wasmexport render
func render(pointer uint32) uint64 {
	answer := answerTo(held[pointer])
	return uint64(hold(answer))<<32 | uint64(len(answer))
}

//go:wasmexport free
func free(pointer uint32) { delete(held, pointer) }
