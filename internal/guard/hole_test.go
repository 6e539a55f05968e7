package guard_test

import "testing"

func TestHolesOnLabelledDrafts(t *testing.T) {
	t.Parallel()
	measure(t, "hole", casesOf(t, "hole", "holes.txt"), casesOf(t, "hole", "whole.txt"), 0.98)
}
