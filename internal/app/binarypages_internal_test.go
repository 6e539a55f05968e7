package app

import "testing"

// The program goes on after its own pages were given back: they come from its
// file again.
func TestTheProgramsPagesComeBack(t *testing.T) {
	t.Parallel()
	for range 3 {
		if err := giveBinaryBack(); err != nil {
			t.Fatal(err)
		}
		if held := heapHeld(); held == 0 {
			t.Error("no heap after the pages were given back")
		}
	}
}
