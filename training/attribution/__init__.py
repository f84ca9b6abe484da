"""Fine-tuning the encoder that finds source, cue and content."""
