package search

import "context"

// EnsureVersion is Ensure after a change of the rules.
func (b *Builder) EnsureVersion(ctx context.Context, analyser int) error {
	return b.ensure(ctx, analyser)
}
