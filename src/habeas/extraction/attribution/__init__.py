"""Who said what: source, cue and content spans, from patterns and from a trained model, joined into one list."""
